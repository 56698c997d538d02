// A trained policy in a Phaser scene: all there is to it are the lines marked "kit".
import { Game, Scene } from "phaser";
import { load } from "bregman/policy";                            // kit
import { isOver, step, stepSeconds } from "./cart-pole.js";

const policy = await load("./cart-pole.safetensors");             // kit: 3 KB

class Balance extends Scene {
  create() {
    this.add.rectangle(400, 338, 720, 4, 0x8899aa);
    this.cart = this.add.rectangle(400, 320, 90, 32, 0x3366cc);
    this.pole = this.add.rectangle(400, 308, 10, 220, 0xe07a2f).setOrigin(0.5, 1);
    this.state = new Float32Array([0, 0, 0.05, 0]);
    this.behind = 0;   // seconds of physics that are due
    this.input.on("pointerdown", ({ x }) => { this.state[3] += x < this.pole.x ? 0.5 : -0.5; });
  }

  update(_time, delta) {
    this.behind += Math.min(delta, 100) / 1000;
    for (; this.behind >= stepSeconds; this.behind -= stepSeconds) {
      const action = policy.act(this.state);                      // kit: 0 is left, 1 is right
      step(this.state, action === 1 ? 10 : -10);
      if (isOver(this.state)) this.state.set([0, 0, 0.05, 0]);
    }
    this.cart.x = this.pole.x = 400 + 150 * this.state[0];
    this.pole.rotation = this.state[2];
  }
}

const game = new Game({ width: 800, height: 400, backgroundColor: "#f4f6f8", parent: "game", scene: Balance });
globalThis.stateOfGame = () => game.scene.scenes[0]?.state;       // for tests
