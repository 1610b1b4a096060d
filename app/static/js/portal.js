/* What the pages do beyond plain HTML. Each part finds its own elements and is silent where there are none. */
import { frame } from "./frame.js";
import { lists } from "./lists.js";
import { lookups } from "./lookups.js";
import { files } from "./files.js";
import { forms } from "./forms.js";
import { imports } from "./imports.js";
import { planner } from "./planner.js";
import { questions } from "./questions.js";

frame();
lookups();
lists();
questions();
planner();
files();
imports();
forms();
