export default { layout: "entry.njk" };
