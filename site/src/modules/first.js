/**
 * Runs before the first paint, so it is no module: whether somebody is signed in, and has deadlines, decides what the
 * page looks like, and what is drawn twice jumps. It reads what `session.js` and `due.js` keep. A form that waits for what is
 * recorded is not in sight until then, lest what is typed into it too early be overwritten.
 */

document.documentElement.classList.add('scripted');
try {
  const known = JSON.parse(localStorage.getItem('palad.session') ?? 'null');
  if (known && Date.parse(known.until) > Date.now()) document.documentElement.classList.add(known.staff ? 'staff' : 'signed-in');
  const due = JSON.parse(localStorage.getItem('palad.due') ?? 'null');
  if (due && due.agency === known?.agency?.code && due.rounds.length > 0) document.documentElement.classList.add('due');
} catch {
  // No store, or not ours: nobody is signed in as far as can be told.
}
