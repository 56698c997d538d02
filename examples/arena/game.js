// The game loop: ticks of 1/60 s however fast the screen is, a picture per frame, the score.
import { listen } from "./controls.js";
import { drawMatch, toMat } from "./draw.js";
import { learningOpponent, trainedOpponent } from "./opponent.js";
import { scriptedPlayer } from "./scripted-player.js";
import { advance, decide, makeMatch, placeDiscs, tick, ticksPerDecision } from "./sumo.js";

const [mat, score, lesson, skill, novice, champion, watch] =
  ["mat", "score", "lesson", "skill", "novice", "champion", "watch"].map((id) => document.getElementById(id));
const match = makeMatch();
const wish = listen(mat, (event) => toMat(mat, event));
const pauseAfterMatch = 1.2;   // s

const points = { you: 0, opponent: 0 };
let opponent = () => [0, 0];
let moves = [[0, 0], [0, 0]];
let [time, behind, ticks, pause, message] = [0, 0, 0, 0, ""];
let practice = new AbortController();

function begin() {
  placeDiscs(match, Math.random(), Math.random());
  [ticks, message] = [0, ""];
}

function oneTick() {
  if (pause > 0) {
    pause -= tick;
    if (pause <= 0) begin();
    return;
  }
  if (ticks++ % ticksPerDecision === 0) {
    const scripted = watch.getAttribute("aria-pressed") === "true";
    moves = [scripted ? scriptedPlayer(match, 0) : wish(match.discs[0]), Array.from(opponent(match))];
    match.discs.forEach((disc, i) => decide(disc, moves[i]));
  }
  advance(match, moves[0][0], moves[1][0]);
  if (match.loser >= 0) end();
}

function end() {
  if (match.loser === 1) points.you++;
  if (match.loser === 0) points.opponent++;
  message = ["It won", "You won", "A draw"][match.loser];
  score.textContent = `You ${points.you} : ${points.opponent} opponent`;
  pause = pauseAfterMatch;
}

/** At most five ticks a frame: after a long break, with the tab hidden for instance, the game goes on where it was. */
function frame(now) {
  const passed = Math.min(5 * tick, now / 1000 - time);
  time = now / 1000;
  for (behind += passed; behind >= tick; behind -= tick) oneTick();
  drawMatch(mat, match, message);
  requestAnimationFrame(frame);
}

/** Another opponent, and a new score. */
async function choose(makeOpponent) {
  practice.abort();
  practice = new AbortController();
  const { signal } = practice;
  [points.you, points.opponent] = [0, 0];
  score.textContent = "You 0 : 0 opponent";
  try {
    const chosen = await makeOpponent(signal);
    if (!signal.aborted) opponent = chosen;
  } catch (error) {
    lesson.textContent = `The opponent did not come: ${error.message}`;
  }
}

const fromScratch = () => choose((signal) => {
  lesson.textContent = "The opponent gets ready …";
  return learningOpponent(({ step, winRate, fault }) => {
    if (fault && !signal.aborted) lesson.textContent = `The opponent stopped learning: ${fault}`;
    if (signal.aborted || !Number.isFinite(winRate)) return;
    skill.value = winRate;
    lesson.textContent = `After ${step.toLocaleString("en")} decisions it wins ` +
      `${Math.round(100 * winRate)} % of its practice matches against the scripted player.`;
  }, signal);
});

novice.addEventListener("click", fromScratch);
champion.addEventListener("click", () => choose(async () => {
  const trained = await trainedOpponent(new URL("champion.safetensors", import.meta.url));
  lesson.textContent = "This one comes trained, from a file of 25 KB.";
  skill.value = 1;
  return trained;
}));
watch.addEventListener("click", () => {
  watch.setAttribute("aria-pressed", String(watch.getAttribute("aria-pressed") !== "true"));
});

begin();
requestAnimationFrame(frame);
fromScratch();
mat.focus();
