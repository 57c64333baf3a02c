// An old address leads on to the new one and takes the #fragment with it.
const { target } = document.currentScript.dataset;
location.replace(target.includes("#") ? target : target + location.hash);
