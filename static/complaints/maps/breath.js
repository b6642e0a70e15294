// Lets the page answer taps and paint between two pieces of work.

export const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
