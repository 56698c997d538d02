// A trained policy in a three.js scene: all there is to it are the lines marked "kit".
import * as THREE from "three";
import { load } from "bregman/policy";                            // kit
import { observe, step, stepSeconds } from "./pendulum.js";

const policy = await load("./pendulum.safetensors");              // kit: 3 KB
const [observation, torque] = [new Float32Array(3), new Float32Array(1)];
const state = { angle: Math.PI, spin: 0.5 };

const renderer = new THREE.WebGLRenderer({ antialias: true, canvas: document.querySelector("canvas") });
const scene = new THREE.Scene();
scene.background = new THREE.Color(0xf4f6f8);
const camera = new THREE.PerspectiveCamera(40, 2, 0.1, 20);
camera.position.set(1.2, 0.6, 4);
camera.lookAt(0, 0, 0);
const light = new THREE.DirectionalLight(0xffffff, 3);
light.position.set(2, 3, 4);
const rod = new THREE.Mesh(new THREE.CapsuleGeometry(0.07, 1), new THREE.MeshStandardMaterial({ color: 0xe07a2f }));
rod.geometry.translate(0, 0.5, 0);   // it turns about its end
const axle = new THREE.Mesh(new THREE.SphereGeometry(0.12), new THREE.MeshStandardMaterial({ color: 0x3366cc }));
scene.add(rod, axle, light, new THREE.AmbientLight(0xffffff, 1));
addEventListener("pointerdown", () => { state.spin += 4; });

let [last, behind] = [performance.now(), 0];
renderer.setSize(800, 400, false);
renderer.setAnimationLoop(() => {
  const now = performance.now();
  behind += Math.min(now - last, 100) / 1000;
  last = now;
  for (; behind >= stepSeconds; behind -= stepSeconds) {
    observe(state, observation);
    step(state, policy.act(observation, { out: torque })[0]);     // kit: allocates nothing
  }
  rod.rotation.z = state.angle + behind * state.spin;   // drawn between two steps of physics
  renderer.render(scene, camera);
});
globalThis.stateOfGame = () => state;                             // for tests
