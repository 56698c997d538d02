var X=class extends Error{name="BregmanError";code;constructor(r,n,t={}){super(n),this.code=r,Object.assign(this,t)}};function A(e,r){if(!e)throw new X("internal",`internal: ${r}. This is a fault in bregman; please report it.`)}import{BregmanError as w}from"./index.js";var Y;async function ue(){let r=await(await zr()).requestAdapter({powerPreference:"high-performance"}).catch(n=>{throw S(`the request for an adapter failed: ${Z(n)}`)});if(!r)throw S(be()?'no adapter; install a Vulkan driver for this GPU (or point VK_ICD_FILENAMES at one), or use device "wasm"':'the browser has no adapter: its GPU driver is missing or blocked, or hardware acceleration is off (on Linux, Chromium may want --enable-unsafe-webgpu); or use device "wasm"');return{adapter:r,description:fe(r.info),software:le(r.info,r)}}var Dr=["maxStorageBufferBindingSize","maxBufferSize","maxComputeWorkgroupStorageSize"],Br=["subgroups"];async function ce(e){let{adapter:r,description:n,software:t}=e??await ue();return{gpu:await r.requestDevice({label:"bregman",requiredLimits:Object.fromEntries(Dr.map(o=>[o,r.limits[o]])),requiredFeatures:Br.filter(o=>r.features.has(o))}).catch(o=>{throw S(`the adapter (${n}) gave no device: ${Z(o)}`)}),description:n,software:t,owned:!0}}function pe(e){let r=e.adapterInfo;return r?{gpu:e,description:fe(r),software:le(r),owned:!1}:{gpu:e,description:"the page's GPUDevice",software:!1,owned:!1}}var Or=["swiftshader","llvmpipe","lavapipe","software","basic render"];function le(e,r){let n=[e,r].some(a=>a?.isFallbackAdapter===!0),t=`${e.vendor} ${e.architecture} ${e.device} ${e.description}`.toLowerCase();return n||Or.some(a=>t.includes(a))}function fe({vendor:e,architecture:r,device:n,description:t}){return[e,r,t||n].filter(o=>o&&!/^\d+$/.test(o)).join(" ")||"an adapter without a name"}function me(){return(de()??Y)?.wgslLanguageFeatures}function de(){return globalThis.navigator?.gpu}async function zr(){let e=de();if(e)return e;if(globalThis.isSecureContext===!1){let r=globalThis.location?.origin??"this page";throw S(`${r} is not a secure context, and browsers offer WebGPU only there; serve the page over https or from localhost, or use device "wasm"`)}if(!be())throw S('this browser has no WebGPU (navigator.gpu is missing); update it, or use device "wasm"');return Y??=await Ar(),Y}async function Ar(){let e="webgpu";try{let{create:r}=await import(e);return r([])}catch(r){throw S(`Node needs the optional package: npm install webgpu (${Z(r)})`)}}function be(){return globalThis.process?.versions?.node!==void 0&&!("Deno"in globalThis)}function S(e){return new w("webgpu-unavailable",`webgpu is not available: ${e}`)}function Z(e){return e instanceof Error?e.message.split(`
`)[0]:String(e)}function ge({limits:e,features:r},n,t){return{kind:n,workgroupBytes:e.maxComputeWorkgroupStorageSize,subgroups:r.has("subgroups")&&t?.has("subgroup_id")===!0}}function E(e,r,n,t=!1){if(!Number.isInteger(r)||r<1)throw new w("invalid-shape",`webgpu: a buffer needs at least one element, got ${r}`);let a=e.allocate(4*(t?Math.ceil(r/2):r));return{dtype:n,size:r,heap:e,block:a,byteOffset:a.offset,halves:t}}var Sr=65520;function ye(e){let r=new Uint32Array(Math.ceil(e.length/2)),n=new Uint16Array(r.buffer);return e.forEach((t,a)=>{if(!(Math.abs(t)<Sr))throw new w("numerical-failure",`float16: number ${a} is ${t}; halves reach to 65504 on either side; use float32`);n[a]=Ur(t)}),r}var V=new Float32Array(1),he=new Uint32Array(V.buffer);function Ur(e){V[0]=Math.abs(e);let r=e<0||Object.is(e,-0)?32768:0;if(V[0]<2/32768)return V[0]+=.5,r|he[0]-1056964608;let n=he[0];return r|n+4095+(n>>>13&1)-939524096>>>13}var W=256,Lr=64<<20,Kr=140;function $e(e,r=4<<20){let n=[],t=Math.min(e.limits.maxStorageBufferBindingSize,e.limits.maxBufferSize),a=o=>{let i={buffer:e.createBuffer({label:`bregman page ${n.length}`,size:o,usage:Kr}),byteLength:o,free:[{offset:0,byteLength:o}],touched:0};return n.push(i),i};return{allocate(o){let s=Math.max(W,Math.ceil(o/W)*W);if(s>t)throw new w("invalid-shape",`webgpu: ${o} bytes in one piece, but this GPU binds at most ${t}`);for(let f of n){let m=we(f,s);if(m)return _e(e,m)}let i=Math.min(Lr,Math.floor(t/W)*W),u=Math.min(r*2**n.length,i),l=we(a(Math.max(u,s)),s);return _e(e,l)},free({page:o,offset:s,byteLength:i}){let u=[...o.free,{offset:s,byteLength:i}].sort((l,f)=>l.offset-f.offset);o.free=[];for(let l of u){let f=o.free[o.free.length-1];f&&f.offset+f.byteLength===l.offset?f.byteLength+=l.byteLength:o.free.push({...l})}},byteLength:()=>n.reduce((o,s)=>o+s.byteLength,0),dispose(){for(let o of n.splice(0))o.buffer.destroy()}}}function we(e,r){let n=e.free.find(a=>a.byteLength>=r);if(!n)return;let t={page:e,offset:n.offset,byteLength:r};return n.offset+=r,n.byteLength-=r,e.free=e.free.filter(a=>a.byteLength>0),t}function _e(e,r){let{page:n,offset:t,byteLength:a}=r,o=Math.min(t+a,n.touched)-t;if(n.touched=Math.max(n.touched,t+a),o>0){let s=e.createCommandEncoder({label:"bregman clear"});s.clearBuffer(n.buffer,t,o),e.queue.submit([s.finish()])}return r}function y(e){return e.reduce((r,n)=>r*n,1)}function G(e){let r=new Array(e.length),n=1;for(let t=e.length-1;t>=0;t--)r[t]=n,n*=e[t];return r}var ve=`fn infinity() -> f32 {
return bitcast<f32>(parameters.infinity);
}`;var xe=`fn workgroup_number(group: vec3<u32>) -> u32 {
return group.y * own_parameters(group).groups_x + group.x;
}`;var x=(e,r,n)=>({name:e,view:r,type:n,access:"load"}),M=(e,r,n)=>({name:e,view:r,type:n,access:"store"}),j=-1;function N(e){return{buffer:j,offset:0,shape:e,strides:G(e),dtype:"f32"}}function q(e){let r=e.flatMap(({operands:n})=>n.map(({view:t})=>t));return Math.max(0,...r.filter(({buffer:n})=>n===j).map(n=>T(n)+1))}function ke(e,r){let n=t=>t.buffer===j?{...t,offset:t.offset+r}:t;return{...e,operands:e.operands.map(t=>({...t,view:n(t.view)}))}}function T({offset:e,shape:r,strides:n}){return r.reduce((t,a,o)=>t+(a-1)*n[o],e)}var Wr=2139095040,jr=65535;function Pe(e){let r=Math.max(...e.map(t=>t.workgroups)),n=Math.ceil(r/jr);return[Math.ceil(r/n),n,e.length]}function Me(e,r,n){let t=e.operands.map(({view:o,type:s})=>(s==="f16"?2:1)*n(o.buffer)+o.offset),a=[Wr,r[0],e.workgroups,...t,...Object.values(e.parameters)];return[...a,...Ge(a.length)]}var Ge=e=>new Array(-e&3).fill(0);function De(e,r,n=1){let{operands:t,parameters:a,code:o,extension:s}=e,i=Math.max(...t.map(({view:c})=>r(c.buffer)))+1,u=["infinity","groups_x","workgroups",...t.map(({name:c})=>`at_${c}`),...Object.keys(a)],l=[...u,...Ge(u.length).map((c,d)=>`padding_${d}`)],f=[...s?[`enable ${s};`]:[],`struct Parameters { ${l.map(c=>`${c}: u32`).join(", ")} }`,...Tr(n),...Array.from({length:i},(c,d)=>`@group(0) @binding(${d+1}) var<storage, read_write> page_${d}: array<u32>;`),...t.map(c=>Cr(c,`page_${r(c.view.buffer)}`))],m=n===1?o:o.replace(/fn main\([^{]*\{/,`$&
  parameters = own_parameters(group);`);return[...f,xe,ve,m].join(`
`)}function Tr(e){let r=n=>`fn own_parameters(group: vec3<u32>) -> Parameters { return ${n}; }`;return e===1?["@group(0) @binding(0) var<uniform> parameters: Parameters;",r("parameters")]:[`@group(0) @binding(0) var<uniform> launch: array<Parameters, ${e}>;`,"var<private> parameters: Parameters;",r("launch[group.z]")]}function Cr({name:e,type:r,access:n},t){if(r==="f16")return`fn load_${e}(i: u32) -> f32 { let at = parameters.at_${e} + i; return unpack2x16float(${t}[at >> 1u])[at & 1u]; }`;let a=`${t}[parameters.at_${e} + i]`;return n==="load"?`fn load_${e}(i: u32) -> ${r} { return ${r==="u32"?a:`bitcast<${r}>(${a})`}; }`:`fn store_${e}(i: u32, value: ${r}) { ${a} = ${r==="u32"?"value":"bitcast<u32>(value)"}; }`}function U(e,r){return e.replace(/\{\{(\w+)\}\}/g,(n,t)=>r[t]??"")}var Ir=8;function H(e,r,n){let t=new Map,a=u=>(t.has(u)||t.set(u,t.size),t.get(u)),o=e.map(({operands:u})=>[...new Set(u.map(({view:l})=>n(l.buffer).page))]),s=(u,l)=>De(e[u],f=>o[u].indexOf(n(f).page),l);return(r.kind==="cpu"?e.map((u,l)=>[l]):Vr(e.map((u,l)=>`${o[l].map(a)} ${s(l,1)}`),e.map(u=>Fr(u,n)))).map(u=>{let l=u.map(f=>e[f]);return{members:l,text:s(u[0],l.length),grid:Pe(l),pages:o[u[0]]}})}function Fr({operands:e},r){return e.map(({view:n,type:t,access:a})=>{let{page:o,word:s}=r(n.buffer),i=t==="f16"?n.offset>>1:n.offset;return{page:o,from:s+i,to:s+T(n),writes:a==="store"}})}function Vr(e,r){let n=Nr(e,r),t=[];for(;n.length>0;){let a=n.filter(({before:u})=>u.size===0),o=new Set(n.filter(({before:u})=>u.size>0).map(({key:u})=>u)),{key:s}=a.find(u=>!o.has(u.key))??a.reduce((u,l)=>l.height>u.height?l:u),i=a.filter(u=>u.key===s).slice(0,Ir).map(({number:u})=>u);t.push(i),n=n.filter(({number:u})=>!i.includes(u));for(let{before:u}of n)for(let l of i)u.delete(l)}return t}function Nr(e,r){let n=e.map((a,o)=>{let s=[...e.keys()].slice(0,o);return new Set(s.filter(i=>r[o].some(u=>r[i].some(l=>qr(u,l)))))}),t=e.map(()=>0);for(let a=e.length-1;a>=0;a--)for(let o of n[a])t[o]=Math.max(t[o],1+t[a]);return e.map((a,o)=>({number:o,key:a,before:n[o],height:t[o]}))}function qr(e,r){return(e.writes||r.writes)&&e.page===r.page&&e.from<=r.to&&r.from<=e.to}var Hr=128<<20,Be=64;function L({buffers:e,arenaBytes:r}){let n=0,t=e.map(({kind:a,size:o})=>{let s=n;return a==="temporary"&&(n+=Math.ceil(4*o/Be)*Be),s});return n<=Math.max(r,Hr)?{offsets:t,byteLength:n}:{offsets:e.map(({arenaOffset:a})=>a),byteLength:r}}function D(e){switch(e.kind){case"map":return[...e.loads];case"matmul":return[e.a,e.b,...e.bias?[e.bias]:[]];case"linear-scan":return[e.x,e.a];case"argmax":return[e.x];case"random-bits":return[e.state];default:return[e.x,e.index]}}function B(e){return e.kind!=="map"?[e.y]:[...e.stores.map(({view:r})=>r),...e.reductions.map(({store:r})=>r)]}function J(e){let{offsets:r}=L(e),n=t=>{let{kind:a}=e.buffers[t.buffer],o=a==="temporary"?r[t.buffer]/4:0;return{memory:a==="temporary"?-1:t.buffer,from:o+t.offset,to:o+T(t)}};return(t,a)=>{let[o,s]=[n(t),n(a)];return o.memory===s.memory&&o.from<=s.to&&s.from<=o.to}}function C(e){let[r,n]=[new Map,new Map],t=[],a=i=>{let u=r.get(i);if(u!==void 0)return u;let l=e.instructions[i],f=l.args.map(a),{immediate:m}=l;return l.op==="load"&&(n.has(m)||n.set(m,n.size),m=n.get(m)),r.set(i,t.length),t.push({...l,args:f,immediate:m})-1},o=e.stores.map(({value:i,view:u})=>({value:a(i),view:u})),s=e.reductions.map(i=>({...i,value:a(i.value)}));return{...e,stores:o,reductions:s,instructions:t,loads:[...n.keys()].map(i=>e.loads[i])}}function Oe(e){let r=J(e),n=new Set(e.kernels.flatMap(a=>a.kind==="matmul"?[a.y.buffer]:[])),t=(a,o)=>B(a).some(s=>[...D(o),...B(o)].some(i=>r(s,i)));return e.kernels.flatMap(a=>{if(a.kind!=="map"||!a.loads.some(({buffer:c})=>n.has(c)))return[a];let o=Jr(a);if(o.some(c=>o.some(d=>c!==d&&t(c,d))))return[a];let s=o.map(Qr),i=o.filter(({loads:c},d)=>s.indexOf(s[d])!==s.lastIndexOf(s[d])&&c.some(({buffer:p})=>n.has(p))),u=c=>i.some(({stores:d,reductions:p})=>[...d,...p].some(b=>ee(b)===c)),l=a.stores.filter(c=>!u(ee(c))),f=a.reductions.filter(c=>!u(ee(c))),m=l.length+f.length>0?[C({...a,stores:l,reductions:f})]:[];return[...i,...m]})}var ee=e=>"view"in e?e.view:e.store;function Jr(e){let{instructions:r,loads:n}=e,t=({op:i,immediate:u})=>i==="constant"||i==="index"||i==="load"&&n[u].strides.every(l=>l===0),a=i=>{let u=new Set([i]);for(let l of u)for(let f of r[l].args)u.add(f);return new Set([...u].filter(l=>!t(r[l])))},o=[...e.stores.map(i=>({value:i.value,stores:[i],reductions:[]})),...e.reductions.map(i=>({value:i.value,stores:[],reductions:[i]}))],s=[];for(let{value:i,stores:u,reductions:l}of o){let f=a(i),m=d=>[...d.values].some(p=>f.has(p)),c=s.filter(m);s=[...s.filter(d=>!c.includes(d)),{values:new Set([...c.flatMap(d=>[...d.values]),...f]),stores:[...c.flatMap(d=>d.stores),...u],reductions:[...c.flatMap(d=>d.reductions),...l]}]}return s.map(({stores:i,reductions:u})=>C({...e,stores:i,reductions:u}))}function Qr({domain:e,loads:r,instructions:n,stores:t,reductions:a}){let o=({shape:s,strides:i,dtype:u})=>({shape:s,strides:i,dtype:u});return JSON.stringify([e,n,r.map(o),t.map(({value:s,view:i})=>[s,o(i)]),a.map(({store:s,...i})=>[i,o(s)])])}var Xr=96;function Ae(e,r,n){let t=[...e.kernels],a=new Map,o=J(e);return t.forEach((s,i)=>{if(s?.kind!=="matmul"||!r(s))return;let u=t.flatMap((h,v)=>h&&v!==i&&D(h).some(({buffer:z})=>z===s.y.buffer)?[v]:[]),l=u.find(h=>h>i),f=l===void 0?void 0:t[l];if(l===void 0||f?.kind!=="map"||e.buffers[s.y.buffer].kind!=="temporary")return;let m=n||f.reductions.length===0?Yr(f,s.y):void 0;if(!m)return;let{part:c,load:d,rest:p}=m,b=t.slice(i+1,l).filter(h=>h!==void 0),g=c.stores.map(({view:h})=>h),_=c.loads.filter((h,v)=>v!==d),$=(h,v)=>h.some(z=>v.some(Gr=>o(z,Gr))),k=p?[...D(p).filter(h=>!g.includes(h)),...B(p)]:[],R=[s.y,...D(s),...k];!$(g,R)&&!b.some(h=>$(g,[...D(h),...B(h)])||$(_,B(h)))&&(t[l]=p,a.set(i,{map:c,load:d,storesResult:u.length>1}))}),t.flatMap((s,i)=>s?[{kernel:s,epilogue:a.get(i)}]:[])}function Yr(e,r){let{domain:n,loads:t,instructions:a,stores:o,reductions:s}=e,i=t.findIndex(({buffer:g})=>g===r.buffer);if(!(r.offset===0&&y(n)===y(r.shape)&&`${r.strides}`==`${G(r.shape)}`)||!(({buffer:g,offset:_,strides:$})=>g===r.buffer&&_===0&&`${$}`==`${G(n)}`)(t[i])||t.some((g,_)=>_!==i&&g.buffer===r.buffer))return;let f=ze(a,i),m=o.filter(({value:g})=>f[g]),c=o.filter(({value:g})=>!f[g]),d=C({...e,stores:m,reductions:[]});if(m.length===0||d.instructions.length>Xr)return;let p=a.map((g,_)=>{let $=m.findIndex(({value:k})=>k===_);return $<0?g:{...g,op:"load",args:[],immediate:t.length+$}}),b=ze(p,i);if(!s.some(({value:g})=>b[g]))return{part:d,load:d.loads.findIndex(({buffer:g})=>g===r.buffer),rest:c.length+s.length===0?void 0:C({...e,stores:c,instructions:p,loads:[...t,...m.map(({view:g})=>g)]})}}function ze(e,r){let n=[];for(let{op:t,args:a,immediate:o}of e)n.push(t==="load"?o===r:a.some(s=>n[s]));return n}var Se=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let row = workgroup_number(group) * 64u + lane;
if (row >= parameters.rows) { return; }
var best = -infinity();
var best_index = 0u;
for (var j = 0u; j < parameters.size; j++) {
let value = load_x(row * parameters.size + j);
if (value > best) {
best = value;
best_index = j;
}
}
store_y(row, i32(best_index));
}`;var Ue=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i >= parameters.count * parameters.width) { return; }
let row = clamp_index(load_index(i / parameters.width), parameters.rows);
store_y(i, load_x(row * parameters.width + i % parameters.width));
}`;var I=`fn clamp_index(index: i32, count: u32) -> u32 {
return u32(clamp(index, 0, i32(count) - 1));
}`;var Le=`fn multiply_high(a: u32, b: u32) -> u32 {
let a_low = a & 0xffffu;
let a_high = a >> 16u;
let b_low = b & 0xffffu;
let b_high = b >> 16u;
let middle = a_high * b_low + ((a_low * b_low) >> 16u);
let carry = a_low * b_high + (middle & 0xffffu);
return a_high * b_high + (middle >> 16u) + (carry >> 16u);
}
fn philox(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
var c = counter;
var k = key;
for (var round = 0u; round < 10u; round++) {
let high_0 = multiply_high(0xd2511f53u, c.x);
let low_0 = 0xd2511f53u * c.x;
let high_1 = multiply_high(0xcd9e8d57u, c.z);
let low_1 = 0xcd9e8d57u * c.z;
c = vec4<u32>(high_1 ^ c.y ^ k.x, low_1, high_0 ^ c.w ^ k.y, low_0);
k = k + vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
}
return c;
}`;var Ke=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let column = workgroup_number(group) * 64u + lane;
if (column >= parameters.width) { return; }
var y = 0f;
for (var step = 0u; step < parameters.steps; step++) {
let t = select(step, parameters.steps - 1u - step, parameters.reverse != 0u);
let i = t * parameters.width + column;
y = load_x(i) + load_a(i) * y;
store_y(i, y);
}
}`;var Re=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let block = workgroup_number(group) * 64u + lane;
let first = block * 4u;
if (first >= parameters.count) { return; }
let key = vec2<u32>(load_state(0u), load_state(1u));
let words = philox(vec4<u32>(block, parameters.salt, load_state(2u), load_state(3u)), key);
store_y(first, words.x);
if (first + 1u < parameters.count) { store_y(first + 1u, words.y); }
if (first + 2u < parameters.count) { store_y(first + 2u, words.z); }
if (first + 3u < parameters.count) { store_y(first + 3u, words.w); }
}`;var Ee=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.outer * parameters.size * parameters.inner) { return; }
let slab = element / (parameters.size * parameters.inner);
let row = element / parameters.inner % parameters.size;
var sum = 0f;
for (var j = 0u; j < parameters.count; j++) {
let source = (slab * parameters.count + j) * parameters.inner + element % parameters.inner;
if (clamp_index(load_index(source), parameters.size) == row) {
sum = sum + load_x(source);
}
}
store_y(element, sum);
}`;var We=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.rows * parameters.width) { return; }
let row = element / parameters.width;
let column = element % parameters.width;
var sum = 0f;
for (var i = 0u; i < parameters.count; i++) {
if (clamp_index(load_index(i), parameters.rows) == row) {
sum = sum + load_x(i * parameters.width + column);
}
}
store_y(element, sum);
}`;var je=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.outer * parameters.count * parameters.inner) { return; }
let o = element / (parameters.count * parameters.inner);
let source = clamp_index(load_index(element), parameters.size);
store_y(element, load_x((o * parameters.size + source) * parameters.inner + element % parameters.inner));
}`;var ut=64,Q=({x:e,index:r,y:n},t)=>[x("x",e,t),x("index",r,"i32"),M("y",n,t)];function Te(e){switch(e.kind){case"gather-rows":{let{x:r,index:n,y:t}=e,a=y(r.shape.slice(1));return O(e.kind,y(t.shape),Q(e,"u32"),{count:y(n.shape),width:a,rows:r.shape[0]},I+Ue)}case"scatter-add-rows":{let{index:r,y:n}=e,t=y(n.shape.slice(1));return O(e.kind,y(n.shape),Q(e,"f32"),{count:y(r.shape),width:t,rows:n.shape[0]},I+We)}case"take-along":{let{x:r,index:n,y:t}=e,[a,o,s]=r.shape;return O(e.kind,y(t.shape),Q(e,"u32"),{outer:a,size:o,inner:s,count:n.shape[1]},I+je)}case"scatter-add-along":{let{index:r,y:n}=e,[t,a,o]=n.shape;return O(e.kind,y(n.shape),Q(e,"f32"),{outer:t,size:a,inner:o,count:r.shape[1]},I+Ee)}case"argmax":{let{x:r,y:n}=e,t=y(n.shape);return O(e.kind,t,[x("x",r,"f32"),M("y",n,"i32")],{rows:t,size:y(r.shape)/t},Se)}case"linear-scan":{let{x:r,a:n,y:t}=e,a=y(t.shape.slice(1));return O(e.kind,a,[x("x",r,"f32"),x("a",n,"f32"),M("y",t,"f32")],{steps:t.shape[0],width:a,reverse:Number(e.reverse)},Ke)}case"random-bits":{let{state:r,y:n}=e,t=y(n.shape);return O(e.kind,Math.ceil(t/4),[x("state",r,"u32"),M("y",n,"u32")],{count:t,salt:e.salt>>>0},Le+Re)}}}function O(e,r,n,t,a){let o=`${e} ${n.map(({name:i,view:u})=>`${i} [${u.shape.join(", ")}]`).join(", ")}`,s=n.reduce((i,{view:u})=>i+y(u.shape),0);return{label:o,operands:n,parameters:t,code:a,workgroups:Math.ceil(r/ut),work:s}}var Ce=`{{declare}}
@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32{{builtins}}) {
let number = workgroup_number(group);
if (number >= own_parameters(group).workgroups) { return; }
let part = number / kept_groups;
let kept = number % kept_groups * columns + lane % columns;
let strand = lane / columns;
{{begin}}
if (kept < kept_size) {
let end = min(reduced_size, (part + 1u) * part_size);
for (var reduced = part * part_size + strand; reduced < end; reduced += strands) {
let i = {{element}};
{{body}}
}
}
{{fold}}
if (strand == 0u && kept < kept_size) {
{{end}}
}
}`;var Ie=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i < size) {
{{body}}
}
}`;function Fe(e,r){let{op:n,dtype:t,immediate:a}=e,[o,s,i]=e.args.map(u=>`v${u}`);switch(n){case"load":return t==="bool"?`${r.load(a)} != 0`:r.load(a);case"constant":return lt(a,t);case"index":return`i32(${r.coordinate(a)})`;case"carried":A(!1,"only the wasm device makes running values");case"add":return`${o} + ${s}`;case"sub":return`${o} - ${s}`;case"mul":return`${o} * ${s}`;case"div":return`${o} / ${s}`;case"neg":return`-${o}`;case"abs":case"sqrt":case"floor":case"round":return`${n}(${o})`;case"min":return`select(${o}, ${s}, ${s} < ${o})`;case"max":return`select(${o}, ${s}, ${o} < ${s})`;case"select":return`select(${i}, ${s}, ${o})`;case"lt":return`${o} < ${s}`;case"le":return`${o} <= ${s}`;case"eq":return`${o} == ${s}`;case"and":return`${o} && ${s}`;case"or":return`${o} || ${s}`;case"not":return`!${o}`;case"bit-and":return`${o} & ${s}`;case"bit-or":return`${o} | ${s}`;case"bit-xor":return`${o} ^ ${s}`;case"shift-left":return`${o} << ${a}u`;case"shift-right":return`${o} >> ${a}u`;case"shift-right-unsigned":return`bitcast<i32>(bitcast<u32>(${o}) >> ${a}u)`;case"to-f32":return`f32(${o})`;case"to-i32":return`i32(${o})`;case"round-to-i32":return`i32(round(${o}))`;case"bitcast-f32":return`bitcast<f32>(${o})`;case"bitcast-i32":return`bitcast<i32>(${o})`;case"mask-to-f32":return`select(0f, 1f, ${o})`;case"mask-to-i32":return`select(0, 1, ${o})`}}function lt(e,r){return r==="bool"?e?"true":"false":r==="i32"?`i32(${e|0})`:e===1/0?"infinity()":e===-1/0?"-infinity()":Number.isNaN(e)?"bitcast<f32>(parameters.infinity | 0x400000u)":`${Object.is(e,-0)?"-0":Math.fround(e)}f`}var Je=64,ft=32,Ve=16,mt=64,dt=8;function te(e,r){let n=bt(e);if(n.length===0)return[qe(e)];let t=([i])=>gt(Qe(e,i,r)),[a]=e.stores.length===0?[]:n.filter(i=>t(i)<=mt).sort((i,u)=>t(i)-t(u)),o=(i,u)=>ht(e,i,u,r),s=n.filter(i=>i!==a).flatMap(i=>o(i,[]));return a?[...s,...o(a,e.stores)]:e.stores.length>0?[...s,qe(e)]:s}function bt({reductions:e}){let r=[];for(let n of e){let t=r.find(([a,...o])=>a.from===n.from&&a.to===n.to&&o.length+1<dt);t?t.push(n):r.push([n])}return r}var gt=({partSize:e,strands:r})=>Math.ceil(e/r);function Qe({domain:e},{from:r,to:n},t){let a=r===0&&n<e.length,o=y(e.slice(r,n)),s=y(e)/o,i=(l,f)=>{let c=t.kind==="gpu"&&o>2*Ve*f&&f>1?Math.ceil(o/(Ve*f)):1;return{keptSize:s,reducedSize:o,leading:a,columns:l,strands:f,parts:c,partSize:Math.ceil(o/c)}};if(o<=ft)return i(Je,1);if(!a)return i(1,o<=1024?64:256);let u=Math.min(16,Ne(s));return i(u,Math.min(256/u,Ne(o)))}function Ne(e){let r=1;for(;r<e;)r*=2;return r}function qe(e){let r=y(e.domain),n=ne(e,e.stores,[]);return{label:`map [${e.domain.join(", ")}]: ${n.count} operations, ${e.stores.length} stores`,operands:n.operands,parameters:{},code:`const size = ${r}u;
${U(Ie,{body:K(n.body,4)})}`,workgroups:Math.ceil(r/Je),work:r*n.count}}function ht(e,r,n,t){let a=Qe(e,r[0],t),{parts:o,keptSize:s}=a;if(o===1)return[He(e,r,n,a,t)];let i=r.map((l,f)=>({...l,store:{...N([o*s]),offset:f*o*s}})),u=yt(e,r,i,o);return[He(e,i,n,a,t),...te(u,t)]}function yt(e,r,n,t){let a=[t,...Xe(e,r[0])];return{kind:"map",domain:a,stores:[],loads:n.map(({store:o})=>({...o,shape:a,strides:G(a)})),instructions:n.map((o,s)=>({op:"load",args:[],dtype:"f32",immediate:s})),reductions:r.map((o,s)=>({...o,value:s,from:0,to:1}))}}function Xe({domain:e},{from:r,to:n}){return e.filter((t,a)=>a<r||a>=n)}function He(e,r,n,t,{subgroups:a}){let{keptSize:o,reducedSize:s,leading:i,columns:u,strands:l,parts:f,partSize:m}=t,c=ne(e,n,r),d=h=>r.map(h),p=d(({kind:h,value:v},z)=>`sum_${z} = ${Ye(h,`sum_${z}`,`v${v}`)};`),b=Xe(e,r[0]),g=a&&u===1&&l>1&&r.every(({kind:h})=>h==="sum"),_=l===1?{declare:[],fold:[]}:g?vt(r,l):wt(r,u*l),$=Math.ceil(o/u),k={kept_size:o,kept_groups:$,reduced_size:s,part_size:m,columns:u,strands:l,threads:u*l},R=({store:h})=>f>1?"part * kept_size + kept":re(b,h.strides,"kept"),F=U(Ce,{declare:K(_.declare,0),builtins:g?_t:"",begin:K(d(({kind:h},v)=>`var sum_${v} = ${xt[h]};`),2),element:i?"reduced * kept_size + kept":"kept * reduced_size + reduced",body:K([...c.body,...p],6),fold:K(_.fold,2),end:K(d((h,v)=>`store_sum${v}(${R(h)}, sum_${v});`),4)});return{label:`map [${e.domain.join(", ")}]: ${c.count} operations, ${n.length} stores, ${r.map(({kind:h})=>h).join(", ")} over axes ${r[0].from}..${r[0].to-1}${f>1?` in ${f} parts`:""}${g?", in subgroups":""}`,operands:[...c.operands,...r.map(({store:h},v)=>M(`sum${v}`,h,"f32"))],parameters:{},code:Object.entries(k).map(([h,v])=>`const ${h} = ${v}u;
`).join("")+F,extension:g?"subgroups":void 0,workgroups:$*f,work:o*s*c.count}}function wt(e,r){let n=t=>e.map((a,o)=>t(o));return{declare:n(t=>`var<workgroup> partial_${t}: array<f32, ${r}>;`),fold:[...n(t=>`partial_${t}[lane] = sum_${t};`),"for (var width = strands; width > 1u;) {","  let next = max(1u, width / 16u);","  workgroupBarrier();","  if (strand < next) {","    for (var other = strand + next; other < width; other += next) {","      let at = other * columns + lane % columns;",...e.map(({kind:t},a)=>`      sum_${a} = ${Ye(t,`sum_${a}`,`partial_${a}[at]`)};`),"    }",...n(t=>`    partial_${t}[lane] = sum_${t};`),"  }","  width = next;","}"]}}var _t=", @builtin(subgroup_invocation_id) place: u32, @builtin(subgroup_id) subgroup: u32, @builtin(num_subgroups) subgroups: u32",$t=4;function vt(e,r){let n=t=>e.map((a,o)=>t(o));return{declare:n(t=>`var<workgroup> partial_${t}: array<f32, ${r/$t}>;`),fold:[...n(t=>`sum_${t} = subgroupAdd(sum_${t});`),"if (place == 0u) {",...n(t=>`  partial_${t}[subgroup] = sum_${t};`),"}","workgroupBarrier();",...n(t=>`sum_${t} = partial_${t}[0];`),"for (var other = 1u; lane == 0u && other < subgroups; other++) {",...n(t=>`  sum_${t} = sum_${t} + partial_${t}[other];`),"}"]}}var xt={sum:"0f",max:"-infinity()",min:"infinity()"};function Ye(e,r,n){return e==="sum"?`${r} + ${n}`:e==="max"?`select(${r}, ${n}, ${r} < ${n})`:`select(${r}, ${n}, ${n} < ${r})`}function Ze({map:e,load:r}){return ne(e,e.stores,[],r)}function ne(e,r,n,t){let{domain:a,loads:o,instructions:s}=e,i=kt(e,[...r,...n].map(({value:c})=>c)),u=new Set,l={load:c=>c===t?"value":(u.add(c),`load_in${c}(${re(a,o[c].strides,"i")})`),coordinate:c=>er(a,c,c,"i")},f=i.map(c=>`let v${c} = ${Fe(s[c],l)};`);r.forEach(({value:c,view:d},p)=>{let b=s[c].dtype==="bool"?`select(0, -1, v${c})`:`v${c}`;f.push(`store_out${p}(${re(a,d.strides,"i")}, ${b});`)});let m=[...[...u].sort((c,d)=>c-d).map(c=>{let d=o[c];return{name:`in${c}`,view:d,type:d.dtype,access:"load"}}),...r.map(({view:c},d)=>({name:`out${d}`,view:c,type:c.dtype,access:"store"}))];return{body:f,operands:m,count:i.length}}function kt({instructions:e},r){let n=new Set(r);for(let t=e.length-1;t>=0;t--)if(n.has(t))for(let a of e[t].args)n.add(a);return[...n].sort((t,a)=>t-a)}function re(e,r,n){let t=[...e.keys()].filter(o=>e[o]>1),a=[];for(let o=t.length-1;o>=0;o--){let s=r[t[o]];if(s===0)continue;let i=o;for(;i>0&&r[t[i-1]]===r[t[i]]*e[t[i]];)i--;let u=er(e,t[i],t[o],n);a.unshift(s===1?u:`${u} * ${s}u`),o=i}return a.join(" + ")||"0u"}function er(e,r,n,t){let a=G(e)[n],o=y(e.slice(r,n+1));if(o===1)return"0u";let s=a===1?t:`${t} / ${a}u`;return a*o===y(e)?s:`${s} % ${o}u`}function K(e,r){return e.join(`
${" ".repeat(r)}`)}var oe=`struct Place {
row: u32,
column: u32,
split: u32,
first: u32,
to: u32,
a: u32,
b: u32,
y: u32,
}
fn locate(p: Parameters, number: u32, height: u32, width: u32) -> Place {
let across = (p.columns + width - 1u) / width;
let down = (p.rows + height - 1u) / height;
let tile = number % (across * down);
let sheet = number / (across * down);
let batch = sheet / p.splits;
let split = sheet % p.splits;
let outer = batch / p.batch_inner;
let inner = batch % p.batch_inner;
let first = split * p.part;
return Place(
tile / across * height,
tile % across * width,
split,
first,
min(p.depth, first + p.part),
outer * p.a_outer + inner * p.a_inner,
outer * p.b_outer + inner * p.b_inner,
sheet * p.rows * p.columns,
);
}
fn element_of_a(place: Place, row: u32, k: u32) -> f32 {
if (!exact && (row >= parameters.rows || k >= place.to)) { return 0f; }
return load_a(place.a + row * parameters.a_row + k * parameters.a_column);
}
fn element_of_b(place: Place, k: u32, column: u32) -> f32 {
if (!exact && (column >= parameters.columns || k >= place.to)) { return 0f; }
return load_b(place.b + k * parameters.b_row + column * parameters.b_column);
}
fn bias_at(place: Place, column: u32) -> f32 {
if (parameters.has_bias == 0u || place.split > 0u || column >= parameters.columns) { return 0f; }
return load_bias(column);
}
fn store_element(place: Place, row: u32, column: u32, value: f32) {
if (!exact && (row >= parameters.rows || column >= parameters.columns)) { return; }
finish(place.y + row * parameters.columns + column, value);
}`;var rr=`@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let place = locate(own_parameters(group), workgroup_number(group) * threads + lane, tile_rows, tile_columns);
if (place.y >= parameters.end) { return; }
{{begin}}
for (var k = place.first; k < place.to; k++) {
let a_k = k * parameters.a_column;
let b_k = k * parameters.b_row;
{{multiply}}
}
{{end}}
}
fn bias_vector(place: Place, column: u32) -> vec4<f32> {
return vec4<f32>(bias_at(place, column), bias_at(place, column + 1u),
bias_at(place, column + 2u), bias_at(place, column + 3u));
}
fn a_begin(place: Place, row: u32) -> u32 {
return place.a + min(row, parameters.rows - 1u) * parameters.a_row;
}
fn b_begin(place: Place, column: u32) -> u32 {
return place.b + min(column, parameters.columns - 1u) * parameters.b_column;
}
fn store_vector(place: Place, row: u32, column: u32, values: vec4<f32>) {
store_element(place, row, column, values.x);
store_element(place, row, column + 1u, values.y);
store_element(place, row, column + 2u, values.z);
store_element(place, row, column + 3u, values.w);
}`;var tr=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.count) { return; }
let first = element / parameters.size * parameters.size * parameters.splits + element % parameters.size;
var sum = load_parts(first);
for (var split = 1u; split < parameters.splits; split++) {
sum = sum + load_parts(first + split * parameters.size);
}
finish(element, sum);
}`;var nr=`var<workgroup> a_tile: array<array<vec4<f32>, a_vectors + 1u>, steps>;
var<workgroup> b_tile: array<array<vec4<f32>, b_vectors + 1u>, steps>;
@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let number = workgroup_number(group);
let own = own_parameters(group);
if (number >= own.workgroups) { return; }
let place = locate(own, number, 4u * a_vectors, 4u * b_vectors);
let across = lane % threads_across;
let down = lane / threads_across;
let a_along_k = parameters.a_transposed == 0u;
let b_along_k = parameters.b_transposed != 0u;
{{begin}}
for (var k = place.first; k < place.to; k += steps) {
{{place}}
workgroupBarrier();
let next = select(k + steps, place.first, exact && k + steps >= place.to);
{{fetch}}
{{multiply}}
workgroupBarrier();
}
{{end}}
}
fn a_vector(place: Place, vector: u32, k: u32) -> vec4<f32> {
let row = place.row + vector;
return vec4<f32>(
element_of_a(place, row, k), element_of_a(place, row + a_vectors, k),
element_of_a(place, row + 2u * a_vectors, k), element_of_a(place, row + 3u * a_vectors, k));
}
fn b_vector(place: Place, vector: u32, k: u32) -> vec4<f32> {
let column = place.column + vector;
return vec4<f32>(
element_of_b(place, k, column), element_of_b(place, k, column + b_vectors),
element_of_b(place, k, column + 2u * b_vectors), element_of_b(place, k, column + 3u * b_vectors));
}
fn bias_vector(place: Place, vector: u32) -> vec4<f32> {
let column = place.column + vector;
return vec4<f32>(
bias_at(place, column), bias_at(place, column + b_vectors),
bias_at(place, column + 2u * b_vectors), bias_at(place, column + 3u * b_vectors));
}
fn store_vector(place: Place, row: u32, vector: u32, values: vec4<f32>) {
let column = place.column + vector;
store_element(place, row, column, values.x);
store_element(place, row, column + b_vectors, values.y);
store_element(place, row, column + 2u * b_vectors, values.z);
store_element(place, row, column + 3u * b_vectors, values.w);
}`;var or=[{size:128,block:8,steps:16,enough:160,wanted:0},{size:64,block:4,steps:16,enough:96,wanted:128},{size:32,block:4,steps:16,enough:0,wanted:256}],Bt=8,Ot=128,zt=3,At={rows:8,columns:8,threads:16};function sr(e,r,n){if(r.kind==="cpu")return[Kt(e)];let{tile:t,parts:a}=ur(e),o=St(t)<=r.workgroupBytes?t.steps:Bt;return Ut(e,{...t,steps:o},a,ae(e,n))}function ir(e,r){return r.kind==="gpu"&&ur(e).tile.block<8}var St=({size:e,steps:r})=>2*r*(4*e+16);function ur({m:e,k:r,n,y:t}){let a=y(t.shape.slice(0,-2)),o=({size:c})=>Math.ceil(e/c)*Math.ceil(n/c)*a,s=({size:c})=>Math.min(e,n)>=.75*c,i=or.find(c=>c.enough>0&&s(c)&&o(c)>=c.enough);if(i)return{tile:i,parts:1};let[,u,l]=or,f=c=>{let d=Math.min(Math.ceil(c.wanted/o(c)),Math.floor(r/Ot));return d<zt?1:d},m=s(u)&&o(u)*f(u)>=u.enough?u:l;return{tile:m,parts:f(m)}}function ae(e,r,n=e.y){let{body:t,operands:a,count:o}=r?Ze(r):{body:[],operands:[],count:0},s=!r||r.storesResult,i=[...s?["store_y(i, value);"]:[],...t];return{label:r?`; ${o} operations, ${r.map.stores.length} stores`:"",code:`fn finish(i: u32, value: f32) {
  ${i.join(`
  `)}
}`,operands:[...s?[M("y",n,"f32")]:[],...a],operations:o}}function Ut(e,r,n,t){if(n===1)return[ar(e,r,1,e.k,t)];let{m:a,n:o,y:s}=e,i=Math.ceil(e.k/n/r.steps)*r.steps,u=Math.ceil(e.k/i),l=y(s.shape),f=N([u*l]);return[ar(e,r,u,i,ae(e,void 0,f)),{label:`sum of ${u} parts [${s.shape.join(", ")}]${t.label}`,operands:[x("parts",f,"f32"),...t.operands],parameters:{count:l,size:a*o,splits:u},code:`${t.code}
${tr}`,workgroups:Math.ceil(l/64),work:u*l}]}function ar(e,r,n,t,a){let{m:o,k:s,n:i}=e,{size:u,block:l,steps:f}=r,m=u/l,c=m*m,d=u/4,p=o%u===0&&i%u===0&&s%t===0&&t%f===0,b={a_vectors:d,b_vectors:d,steps:f,threads:c,threads_across:m},g=Math.ceil(o/u)*Math.ceil(i/u)*y(e.y.shape.slice(0,-2));return{label:`${cr(e)}; tiles of ${u}${n>1?`, k in ${n} parts`:""}${a.label}`,operands:pr(e,a),parameters:lr(e,n,t),code:[mr(b),`const exact = ${p};`,a.code,oe,U(nr,Lt(r,d,c,m))].join(`
`),workgroups:g*n,work:(s+a.operations)*y(e.y.shape)}}function Lt({block:e,steps:r},n,t,a){let o=P(n*r/t),s=P(e/4),i=P(e),u=p=>p===0?"across":`across + ${p*a}u`,l=p=>p===0?"down":`down + ${p*a}u`,f=(p,b)=>{let g=`(lane + ${b*t}u)`;return[`let ${p}_vector_${b} = select(${g} % ${n}u, ${g} / steps, ${p}_along_k);`,`let ${p}_step_${b} = select(${g} / ${n}u, ${g} % steps, ${p}_along_k);`]},m=(p,b,g)=>`${p}_${b} = ${p}_vector(place, ${p}_vector_${b}, ${g} + ${p}_step_${b});`,c=["a","b"],d=p=>c.flatMap(b=>o.map(g=>p(b,g)));return{begin:[...s.map(p=>`let start_${p} = bias_vector(place, ${u(p)});`),...i.flatMap(p=>s.map(b=>`var sum_${p}_${b} = start_${b};`)),...c.flatMap(p=>o.flatMap(b=>f(p,b))),...d((p,b)=>`var ${m(p,b,"place.first")}`)].join(`
  `),place:d((p,b)=>`${p}_tile[${p}_step_${b}][${p}_vector_${b}] = ${p}_${b};`).join(`
    `),fetch:d((p,b)=>m(p,b,"next")).join(`
    `),multiply:P(r).map(p=>["{",...s.map(b=>`let a_${b} = a_tile[${p}][${l(b)}];`),...s.map(b=>`let b_${b} = b_tile[${p}][${u(b)}];`),...i.flatMap(b=>s.map(g=>`sum_${b}_${g} = sum_${b}_${g} + a_${b>>2}.${"xyzw"[b&3]} * b_${g};`)),"}"].join(" ")).join(`
    `),end:i.flatMap(p=>s.map(b=>`store_vector(place, place.row + ${l(p>>2)} + ${(p&3)*n}u, ${u(b)}, sum_${p}_${b});`)).join(`
  `)}}function Kt(e){let{m:r,n,y:t}=e,{rows:a,columns:o,threads:s}=At,i=Math.ceil(r/a)*Math.ceil(n/o)*y(t.shape.slice(0,-2)),u=P(o/4),l=m=>P(a).flatMap(c=>u.map(d=>m(c,d))),f=ae(e);return{label:cr(e),operands:pr(e,f),parameters:{...lr(e,1,e.k),end:y(t.shape)},code:[mr({tile_rows:a,tile_columns:o,threads:s}),`const exact = ${r%a===0&&n%o===0};`,f.code,oe,U(rr,{begin:[...l((m,c)=>`var sum_${m}_${c} = bias_vector(place, place.column + ${4*c}u);`),...P(a).map(m=>`let a_at_${m} = a_begin(place, place.row + ${m}u);`),...P(o).map(m=>`let b_at_${m} = b_begin(place, place.column + ${m}u);`)].join(`
  `),multiply:[...u.map(m=>`let b_${m} = vec4<f32>(${P(4).map(c=>`load_b(b_at_${4*m+c} + b_k)`).join(", ")});`),...P(a).flatMap(m=>[`let a_${m} = load_a(a_at_${m} + a_k);`,...u.map(c=>`sum_${m}_${c} = sum_${m}_${c} + a_${m} * b_${c};`)])].join(`
    `),end:l((m,c)=>`store_vector(place, place.row + ${m}u, place.column + ${4*c}u, sum_${m}_${c});`).join(`
  `)})].join(`
`),workgroups:Math.ceil(i/s),work:e.k*y(t.shape)}}function cr({m:e,k:r,n,bias:t,transposeA:a,transposeB:o,...s}){return`matmul ${fr(s).map(({size:u})=>`${u} x `).join("")}[${e}, ${r}] [${r}, ${n}]${t?" + bias":""}${a?", a transposed":""}${o?", b transposed":""}`}function pr({a:e,b:r,bias:n},t){return[x("a",e,"f32"),x("b",r,"f32"),x("bias",n??r,"f32"),...t.operands]}function lr(e,r,n){let{m:t,k:a,n:o,a:s,b:i,bias:u}=e,l=fr(e),[f,m]=[l.length>1?l[0]:void 0,l[l.length-1]];return{rows:t,depth:a,columns:o,has_bias:+(u!==void 0),splits:r,part:n,a_row:s.strides.at(-2),a_column:s.strides.at(-1),b_row:i.strides.at(-2),b_column:i.strides.at(-1),a_transposed:Number(e.transposeA),b_transposed:Number(e.transposeB),batch_inner:m?.size??1,a_outer:f?.a??0,a_inner:m?.a??0,b_outer:f?.b??0,b_inner:m?.b??0}}function fr({a:e,b:r,y:n}){let t=n.shape.length,a=(s,i)=>{let u=i-t+s.shape.length;return u<0||s.shape[u]===1?0:s.strides[u]},o=n.shape.slice(0,-2).map((s,i)=>({size:s,a:a(e,i),b:a(r,i)})).filter(({size:s})=>s>1);return A(o.length<=2,`a matmul has at most two batch axes, got [${n.shape}]`),o}function mr(e){return Object.entries(e).map(([r,n])=>`const ${r} = ${n}u;`).join(`
`)}var P=e=>Array.from({length:e},(r,n)=>n);var Rt=16<<20;function br(e,r){let n=dr(e,r,!1);if(r.kind==="cpu")return n;let t=dr({...e,kernels:Oe(e)},r,!0),a=Wt(e),o=s=>H(s,r,a).length;return o(t)<=o(n)?t:n}function dr(e,r,n){let t=0;return Ae(e,a=>ir(a,r),n).flatMap(a=>{let o=Et(a,r),s=q(o);t+s>Rt&&(t=0);let i=o.map(u=>ke(u,t));return t+=s,i})}function Et({kernel:e,epilogue:r},n){return e.kind==="map"?te(e,n):e.kind==="matmul"?sr(e,n,r):[Te(e)]}function Wt(e){let r={},{offsets:n,byteLength:t}=L(e),a=t/4,o=e.buffers.map(({kind:s,size:i},u)=>s==="temporary"?n[u]/4:(a+=i,a-i));return s=>({page:r,word:o[s]??a})}function se(e,r,n){if(n===0)return"";let{kernels:t,arenaBytes:a,work:o}=e,s=new Map,i=r.map(({members:l,text:f,grid:m},c)=>{let d=s.get(f);d===void 0&&s.set(f,c);let p=l.map(g=>g.label).join(" | "),b=`${String(c).padStart(4)}  ${p}; ${m.join(" x ")} workgroups`+(d===void 0?"":`; pipeline of ${d}`);return n===2&&d===void 0?`${b}
${f}`:b});return[`${t.length} kernels, ${r.length} dispatches, ${s.size} pipelines, ${a} bytes of arena, ${o.multiplyAdds} multiply-adds, ${o.elements} elements of maps`,...i].join(`
`)}var gr=new WeakMap,jt=4;function hr(e){let r=gr.get(e);return r||gr.set(e,r={layouts:new Map,pipelines:new Map}),r}function yr(e,r){return wr(e,r).bindings}function wr(e,r){let{layouts:n}=hr(e),t=n.get(r);if(!t){let a=`bregman ${r} pages`,o=e.createBindGroupLayout({label:a,entries:Array.from({length:r+1},(s,i)=>({binding:i,visibility:jt,buffer:i===0?{type:"uniform",hasDynamicOffset:!0}:{type:"storage"}}))});t={bindings:o,pipeline:e.createPipelineLayout({label:a,bindGroupLayouts:[o]})},n.set(r,t)}return t}function _r(e,r,n,t,a){let{pipelines:o}=hr(e),s=o.get(n);return s||(a(),s=Tt(e,r,n,t),o.set(n,s),s.catch(()=>o.delete(n))),s}async function Tt(e,r,n,t){let a=wr(e,t).pipeline;e.pushErrorScope("validation");let o=e.createShaderModule({label:`bregman ${r}`,code:n}),s={module:o,entryPoint:"main"},i=e.createComputePipelineAsync({label:`bregman ${r}`,layout:a,compute:s}).catch(d=>d),[u,l]=await Promise.all([i,e.popErrorScope()]);if(!l&&!(u instanceof Error))return u;let{messages:f}=await o.getCompilationInfo(),c=f.map(({lineNum:d,message:p})=>`line ${d}: ${p}`).join("; ")||l?.message||u.message;throw new w("internal",`internal: the kernel "${r}" does not compile: ${c}. Please report it.
${n}`)}var Ct={gpu:2e8,cpu:2e5},It=.02,$r=8,Ft=72,vr=256;async function kr(e,r,n){let t=br(r,e.adapter),a=qt(e,r,n,q(t));try{let o=t.map(s=>Nt(s,a.bufferOf));return await Vt(e,r,o,a)}catch(o){throw a.free(),o}}async function Vt(e,r,n,t){let{gpu:a,counters:o}=e,{buffers:s}=t,i=H(n,e.adapter,p=>{let{block:b,byteOffset:g}=t.bufferOf(p);return{page:b.page,word:g/4}});i.forEach(Xt);let u=await Promise.all(i.map(({members:[p],text:b,pages:g})=>_r(a,p.label,b,g.length,()=>o.pipelines++)));e.check();let l=Yt(a,i.map(({members:p,grid:b})=>p.flatMap(g=>Me(g,b,_=>t.bufferOf(_).byteOffset/4)))),f=Zt(a,l),m=i.map(({pages:p,grid:b,members:g},_)=>({pipeline:u[_],bindings:f(p),offset:[_*l.stride],grid:b,milliseconds:It+g.reduce(($,{work:k})=>$+k,0)/Ct[e.adapter.kind]}));e.debug>0&&console.log(se(r,i,e.debug));let c=!1,d=()=>{if(c)throw new w("disposed","webgpu: this program was disposed");e.check()};return{program:r,stepCount:m.length,repeatFrom:0,buffer:p=>Jt(r,s,p),run(p=1){d(),xr(e,m,0,m.length,p)},runSteps(p,b){d(),A(0<=p&&p<=b&&b<=m.length,`steps ${p} to ${b} of ${m.length}`),xr(e,m,p,b,1)},describe:(p=1)=>se(r,i,p),dispose(){c||(c=!0,l.buffer.destroy(),t.free())}}}function xr(e,r,n,t,a){let o=(t-n)*a;for(let s=0;s<o;){let i=s,u=e.gpu.createCommandEncoder({label:"bregman run"}),l=u.beginComputePass(),f,m=0;do{let c=r[n+s%(t-n)];c.pipeline!==f&&l.setPipeline(f=c.pipeline),l.setBindGroup(0,c.bindings,c.offset),l.dispatchWorkgroups(...c.grid),m+=c.milliseconds,s++}while(s<o&&m<e.submitMs);l.end(),e.gpu.queue.submit([u.finish()]),e.counters.submits++,e.counters.dispatches+=s-i}}function Nt(e,r){let n=e.operands.map(t=>{if(!r(t.view.buffer).halves)return t;if(t.type==="f32"&&t.access==="load")return{...t,type:"f16"};throw new w("invalid-dtype",`webgpu: "${e.label}" writes or copies ${t.name}, which is kept as float16 and can only be read`)});return{...e,operands:n}}function qt(e,r,n,t){let{heap:a}=e,o=[],s=({size:p,dtype:b})=>{let g=E(a,p,b);return o.push(g),g},i=r.buffers.map(p=>p.kind==="input"&&n[p.name]?Ht(p,e.own(n[p.name])):void 0),{offsets:u,byteLength:l}=L(r),f=l>0?s({size:Math.ceil(l/4),dtype:"f32"}):void 0,m=r.buffers.map((p,b)=>p.kind!=="temporary"?i[b]??s(p):{...f,dtype:p.dtype,size:p.size,byteOffset:f.byteOffset+u[b]}),c=t>0?s({size:t,dtype:"f32"}):void 0;return{buffers:m,bufferOf:p=>p===j?c:m[p],free:()=>o.forEach(({block:p})=>a.free(p))}}function Ht({name:e,dtype:r,size:n},t){if(t.dtype===r&&t.size>=n)return t;throw new w("invalid-shape",`load: input "${e}" needs ${r} [${n}], the bound buffer is ${t.dtype} [${t.size}]`)}function Jt({inputs:e,outputs:r},n,t){let a=e.get(t);if(a!==void 0)return n[a];let o=r.get(t);if(o)return Qt(n[o.buffer],o);let s=[...e.keys(),...r.keys()];throw new w("not-found",`the program has no buffer "${t}"; it has ${s.join(", ")}`)}function Qt(e,{offset:r,shape:n,dtype:t}){return{...e,dtype:t,size:y(n),byteOffset:e.byteOffset+4*r}}function Xt({members:[e],pages:r}){if(!(r.length<=$r))throw new w("invalid-shape",`webgpu: the kernel "${e.label}" reads and writes ${r.length} large pieces of GPU memory, but a kernel can bind ${$r}; use smaller tensors, fewer in one expression, or device "wasm"`)}function Yt(e,r){let n=Math.max(1,...r.map(s=>s.length)),t=Math.ceil(4*n/vr)*vr,a=new Uint32Array(Math.max(1,r.length)*t/4);r.forEach((s,i)=>a.set(s,i*t/4));let o=e.createBuffer({label:"bregman parameters",size:a.byteLength,usage:Ft});return e.queue.writeBuffer(o,0,a),{buffer:o,stride:t}}function Zt(e,{buffer:r,stride:n}){let t=[];return a=>{let o=t.find(i=>i.pages.length===a.length&&i.pages.every((u,l)=>u===a[l]));if(o)return o.group;let s=e.createBindGroup({label:"bregman",layout:yr(e,a.length),entries:[{binding:0,resource:{buffer:r,size:n}},...a.map((i,u)=>({binding:u+1,resource:{buffer:i.buffer}}))]});return t.push({pages:a,group:s}),s}}var en=9,rn=1,tn=256,nn=100;function Mr(e){let{gpu:r}=e,n=new Map,t=new Set,a=s=>{let i=n.get(s)?.pop();if(i)return i;let u=r.createBuffer({label:"bregman read-back",size:s,usage:en});return t.add(u),u},o=(s,i)=>{let u=n.get(s);u?u.push(i):n.set(s,[i])};return{async read(s){if(s.some(({halves:p})=>p))throw new w("invalid-dtype","webgpu: a buffer of float16 can be read by programs alone");let i=s.reduce((p,{size:b})=>p+4*b,0);if(i===0)return s.map(({dtype:p})=>Pr(new ArrayBuffer(0),p));let u=tn;for(;u<i;)u*=2;let l=a(u),f=r.createCommandEncoder({label:"bregman read"}),m=0,c=s.map(({block:p,byteOffset:b,size:g})=>{let _=m;return f.copyBufferToBuffer(p.page.buffer,b,l,_,4*g),m+=4*g,_});r.queue.submit([f.finish()]);let d;try{await l.mapAsync(rn,0,i);let p=l.getMappedRange(0,i);d=s.map(({size:b,dtype:g},_)=>Pr(p.slice(c[_],c[_]+4*b),g)),l.unmap()}catch(p){throw await Promise.race([r.lost,new Promise(b=>setTimeout(b,nn))]),e.check(),new w("internal",`internal: reading from the GPU failed: ${String(p)}`)}return o(u,l),e.check(),d},dispose(){for(let s of t)s.destroy();t.clear()}}}function Pr(e,r){return r==="f32"?new Float32Array(e):new Int32Array(e)}async function on(e={}){let r=e.device?pe(e.device):await ce(e.adapter),{gpu:n,description:t,software:a,owned:o}=r,s=$e(n,e.pageBytes),i={submits:0,dispatches:0,pipelines:0},u=an(n,o),l=!1,f={gpu:n,heap:s,counters:i,adapter:ge(n,e.kernels??(a?"cpu":"gpu"),me()),debug:e.debug??0,submitMs:e.submitMs??200,check(){if(l)throw new w("disposed","webgpu: this device was disposed");u.check()},own(c){if(c.heap===s)return c;throw new w("invalid-option","webgpu: the buffer belongs to another device")}},m=Mr(f);return{kind:"webgpu",gpu:n,software:a,counters:i,description:`webgpu on ${t}${a?" (a software rasterizer)":""}`,byteLength:()=>s.byteLength(),allocate(c,d){return f.check(),E(s,c,d)},allocateHalves(c){return f.check(),E(s,c,"f32",!0)},write(c,d,p=0){f.check();let{block:b,byteOffset:g,size:_,dtype:$,halves:k}=f.own(c);if(ie("write",p,d.length,_),$==="f32"!=d instanceof Float32Array){let F=$==="f32"?"Float32Array":"Int32Array";throw new w("invalid-dtype",`webgpu: a buffer of ${$} takes ${F}`)}k&&ie("write of float16",p,_,d.length);let R=k?ye(d):d;n.queue.writeBuffer(b.page.buffer,g+4*p,R)},async read(c,d=c.size){f.check();let p=f.own(c);ie("read",0,d,p.size);let[b]=await m.read([{...p,size:d}]);return b},async readAll(c){return f.check(),await m.read(c.map(f.own))},load(c,d={}){return f.check(),kr(f,c,d)},dispose(){l||(l=!0,u.stop(),m.dispose(),s.dispose(),o&&n.destroy())}}}function ie(e,r,n,t){if(!(Number.isInteger(r)&&Number.isInteger(n)&&r>=0&&n>=0&&r+n<=t))throw new w("invalid-shape",`webgpu: ${e} of ${n} elements at ${r}, but the buffer has ${t}`)}function an(e,r){let n,t,a=o=>{let{message:s}=o.error;!r&&!s.includes("bregman")||(o.preventDefault(),t??=s)};return e.addEventListener("uncapturederror",a),e.lost.then(({reason:o,message:s})=>{n=s||o||"no reason given"}),{check(){if(n!==void 0)throw new w("device-lost",`webgpu: the GPU device was lost: ${n}`);if(t===void 0)return;let o=t;throw t=void 0,new w("internal",`internal: the GPU refused a command: ${o}. Please report it.`)},stop:()=>e.removeEventListener("uncapturederror",a)}}export{on as createWebGpuDevice,ue as findAdapter};
