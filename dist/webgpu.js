var F=class extends Error{name="BregmanError";code;constructor(r,t,n={}){super(t),this.code=r,Object.assign(this,n)}};function z(e,r){if(!e)throw new F("internal",`internal: ${r}. This is a fault in bregman; please report it.`)}import{BregmanError as w}from"./index.js";var Z;async function ee(){let r=await(await br()).requestAdapter({powerPreference:"high-performance"}).catch(t=>{throw O(`the request for an adapter failed: ${T(t)}`)});if(!r)throw O(ae()?'no adapter; install a Vulkan driver for this GPU (or point VK_ICD_FILENAMES at one), or use device "wasm"':'the browser has no adapter: its GPU driver is missing or blocked, or hardware acceleration is off (on Linux, Chromium may want --enable-unsafe-webgpu); or use device "wasm"');return{adapter:r,description:oe(r.info),software:ne(r.info,r)}}async function re(e){let{adapter:r,description:t,software:n}=e??await ee(),{maxStorageBufferBindingSize:a,maxBufferSize:o}=r.limits;return{gpu:await r.requestDevice({label:"bregman",requiredLimits:{maxStorageBufferBindingSize:a,maxBufferSize:o}}).catch(u=>{throw O(`the adapter (${t}) gave no device: ${T(u)}`)}),description:t,software:n,owned:!0}}function te(e){let r=e.adapterInfo;return r?{gpu:e,description:oe(r),software:ne(r),owned:!1}:{gpu:e,description:"the page's GPUDevice",software:!1,owned:!1}}var fr=["swiftshader","llvmpipe","lavapipe","software","basic render"];function ne(e,r){let t=[e,r].some(a=>a?.isFallbackAdapter===!0),n=`${e.vendor} ${e.architecture} ${e.device} ${e.description}`.toLowerCase();return t||fr.some(a=>n.includes(a))}function oe({vendor:e,architecture:r,device:t,description:n}){return[e,r,n||t].filter(o=>o&&!/^\d+$/.test(o)).join(" ")||"an adapter without a name"}async function br(){let e=globalThis.navigator?.gpu;if(e)return e;if(globalThis.isSecureContext===!1){let r=globalThis.location?.origin??"this page";throw O(`${r} is not a secure context, and browsers offer WebGPU only there; serve the page over https or from localhost, or use device "wasm"`)}if(!ae())throw O('this browser has no WebGPU (navigator.gpu is missing); update it, or use device "wasm"');return Z??=await gr(),Z}async function gr(){let e="webgpu";try{let{create:r}=await import(e);return r([])}catch(r){throw O(`Node needs the optional package: npm install webgpu (${T(r)})`)}}function ae(){return globalThis.process?.versions?.node!==void 0&&!("Deno"in globalThis)}function O(e){return new w("webgpu-unavailable",`webgpu is not available: ${e}`)}function T(e){return e instanceof Error?e.message.split(`
`)[0]:String(e)}function j(e,r,t){if(!Number.isInteger(r)||r<1)throw new w("invalid-shape",`webgpu: a buffer needs at least one element, got ${r}`);let n=e.allocate(4*r);return{dtype:t,size:r,heap:e,block:n,byteOffset:n.offset}}var U=256,hr=64<<20,yr=140;function ue(e,r=4<<20){let t=[],n=Math.min(e.limits.maxStorageBufferBindingSize,e.limits.maxBufferSize),a=o=>{let u={buffer:e.createBuffer({label:`bregman page ${t.length}`,size:o,usage:yr}),byteLength:o,free:[{offset:0,byteLength:o}],touched:0};return t.push(u),u};return{allocate(o){let s=Math.max(U,Math.ceil(o/U)*U);if(s>n)throw new w("invalid-shape",`webgpu: ${o} bytes in one piece, but this GPU binds at most ${n}`);for(let m of t){let d=se(m,s);if(d)return ie(e,d)}let u=Math.min(hr,Math.floor(n/U)*U),i=Math.min(r*2**t.length,u),l=se(a(Math.max(i,s)),s);return ie(e,l)},free({page:o,offset:s,byteLength:u}){let i=[...o.free,{offset:s,byteLength:u}].sort((l,m)=>l.offset-m.offset);o.free=[];for(let l of i){let m=o.free[o.free.length-1];m&&m.offset+m.byteLength===l.offset?m.byteLength+=l.byteLength:o.free.push({...l})}},byteLength:()=>t.reduce((o,s)=>o+s.byteLength,0),dispose(){for(let o of t.splice(0))o.buffer.destroy()}}}function se(e,r){let t=e.free.find(a=>a.byteLength>=r);if(!t)return;let n={page:e,offset:t.offset,byteLength:r};return t.offset+=r,t.byteLength-=r,e.free=e.free.filter(a=>a.byteLength>0),n}function ie(e,r){let{page:t,offset:n,byteLength:a}=r,o=Math.min(n+a,t.touched)-n;if(t.touched=Math.max(t.touched,n+a),o>0){let s=e.createCommandEncoder({label:"bregman clear"});s.clearBuffer(t.buffer,n,o),e.queue.submit([s.finish()])}return r}function h(e){return e.reduce((r,t)=>r*t,1)}function M(e){let r=new Array(e.length),t=1;for(let n=e.length-1;n>=0;n--)r[n]=t,t*=e[n];return r}var ce=`fn infinity() -> f32 {
return bitcast<f32>(parameters.infinity);
}`;var pe=`fn workgroup_number(group: vec3<u32>) -> u32 {
return group.y * own_parameters(group).groups_x + group.x;
}`;var x=(e,r,t)=>({name:e,view:r,type:t,access:"load"}),P=(e,r,t)=>({name:e,view:r,type:t,access:"store"}),K=-1;function R(e){return{buffer:K,offset:0,shape:e,strides:M(e),dtype:"f32"}}function W(e){let r=e.flatMap(({operands:t})=>t.map(({view:n})=>n));return Math.max(0,...r.filter(({buffer:t})=>t===K).map(t=>L(t)+1))}function le(e,r){let t=n=>n.buffer===K?{...n,offset:n.offset+r}:n;return{...e,operands:e.operands.map(n=>({...n,view:t(n.view)}))}}function L({offset:e,shape:r,strides:t}){return r.reduce((n,a,o)=>n+(a-1)*t[o],e)}var $r=2139095040,vr=65535;function me(e){let r=Math.max(...e.map(n=>n.workgroups)),t=Math.ceil(r/vr);return[Math.ceil(r/t),t,e.length]}function de(e,r,t){let n=e.operands.map(({view:o})=>t(o.buffer)+o.offset),a=[$r,r[0],e.workgroups,...n,...Object.values(e.parameters)];return[...a,...fe(a.length)]}var fe=e=>new Array(-e&3).fill(0);function be(e,r,t=1){let{operands:n,parameters:a,code:o}=e,s=Math.max(...n.map(({view:d})=>r(d.buffer)))+1,u=["infinity","groups_x","workgroups",...n.map(({name:d})=>`at_${d}`),...Object.keys(a)],l=[`struct Parameters { ${[...u,...fe(u.length).map((d,p)=>`padding_${p}`)].map(d=>`${d}: u32`).join(", ")} }`,...xr(t),...Array.from({length:s},(d,p)=>`@group(0) @binding(${p+1}) var<storage, read_write> page_${p}: array<u32>;`),...n.map(d=>kr(d,`page_${r(d.view.buffer)}`))],m=t===1?o:o.replace(/fn main\([^{]*\{/,`$&
  parameters = own_parameters(group);`);return[...l,pe,ce,m].join(`
`)}function xr(e){let r=t=>`fn own_parameters(group: vec3<u32>) -> Parameters { return ${t}; }`;return e===1?["@group(0) @binding(0) var<uniform> parameters: Parameters;",r("parameters")]:[`@group(0) @binding(0) var<uniform> launch: array<Parameters, ${e}>;`,"var<private> parameters: Parameters;",r("launch[group.z]")]}function kr({name:e,type:r,access:t},n){let a=`${n}[parameters.at_${e} + i]`;return t==="load"?`fn load_${e}(i: u32) -> ${r} { return ${r==="u32"?a:`bitcast<${r}>(${a})`}; }`:`fn store_${e}(i: u32, value: ${r}) { ${a} = ${r==="u32"?"value":"bitcast<u32>(value)"}; }`}function A(e,r){return e.replace(/\{\{(\w+)\}\}/g,(t,n)=>r[n]??"")}var Pr=8;function he(e,r,t){let n=new Map,a=i=>(n.has(i)||n.set(i,n.size),n.get(i)),o=e.map(({operands:i})=>[...new Set(i.map(({view:l})=>t(l.buffer).page))]),s=(i,l)=>be(e[i],m=>o[i].indexOf(t(m).page),l);return(r==="cpu"?e.map((i,l)=>[l]):Gr(e.map((i,l)=>`${o[l].map(a)} ${s(l,1)}`),e.map(i=>Mr(i,t)))).map(i=>{let l=i.map(m=>e[m]);return{members:l,text:s(i[0],l.length),grid:me(l),pages:o[i[0]]}})}function Mr({operands:e},r){return e.map(({view:t,access:n})=>{let{page:a,word:o}=r(t.buffer);return{page:a,from:o+t.offset,to:o+L(t),writes:n==="store"}})}function Gr(e,r){let t=Dr(e,r),n=[];for(;t.length>0;){let a=t.filter(({before:i})=>i.size===0),o=new Set(t.filter(({before:i})=>i.size>0).map(({key:i})=>i)),{key:s}=a.find(i=>!o.has(i.key))??a[0],u=a.filter(i=>i.key===s).slice(0,Pr).map(({number:i})=>i);n.push(u),t=t.filter(({number:i})=>!u.includes(i));for(let{before:i}of t)for(let l of u)i.delete(l)}return n}function Dr(e,r){return e.map((t,n)=>{let a=new Set;for(let o=0;o<n;o++)r[n].some(s=>r[o].some(u=>Br(s,u)))&&a.add(o);return{number:n,key:t,before:a}})}function Br(e,r){return(e.writes||r.writes)&&e.page===r.page&&e.from<=r.to&&r.from<=e.to}var zr=128<<20,ge=64;function C({buffers:e,arenaBytes:r}){let t=0,n=e.map(({kind:a,size:o})=>{let s=t;return a==="temporary"&&(t+=Math.ceil(4*o/ge)*ge),s});return t<=Math.max(r,zr)?{offsets:n,byteLength:t}:{offsets:e.map(({arenaOffset:a})=>a),byteLength:r}}var Or=96;function we(e,r){let t=[...e.kernels],n=new Map,a=Sr(e);return t.forEach((o,s)=>{if(o?.kind!=="matmul"||!r(o))return;let u=t.flatMap((y,_)=>y&&_!==s&&I(y).some(({buffer:B})=>B===o.y.buffer)?[_]:[]),i=u.find(y=>y>s),l=i===void 0?void 0:t[i];if(i===void 0||l?.kind!=="map"||e.buffers[o.y.buffer].kind!=="temporary")return;let m=Ar(l,o.y);if(!m)return;let{part:d,load:p,rest:b}=m,c=t.slice(s+1,i).filter(y=>y!==void 0),f=d.stores.map(({view:y})=>y),g=d.loads.filter((y,_)=>_!==p),$=(y,_)=>y.some(B=>_.some(dr=>a(B,dr))),v=[o.y,...I(o),...b?[...I(b),...N(b)]:[]];!$(f,v)&&!c.some(y=>$(f,[...I(y),...N(y)])||$(g,N(y)))&&(t[i]=b,n.set(s,{map:d,load:p,storesResult:u.length>1}))}),t.flatMap((o,s)=>o?[{kernel:o,epilogue:n.get(s)}]:[])}function Ar(e,r){let{domain:t,loads:n,instructions:a,stores:o,reductions:s}=e,u=n.findIndex(({buffer:c})=>c===r.buffer),i=r.offset===0&&h(t)===h(r.shape)&&`${r.strides}`==`${M(r.shape)}`,l=({buffer:c,offset:f,strides:g})=>c===r.buffer&&f===0&&`${g}`==`${M(t)}`;if(!i||s.length>0||!l(n[u])||n.some((c,f)=>f!==u&&c.buffer===r.buffer))return;let m=[];a.forEach(({op:c,args:f,immediate:g},$)=>{m[$]=c==="load"?g===u:f.some(v=>m[v])});let d=o.filter(({value:c})=>m[c]),p=o.filter(({value:c})=>!m[c]),b=ye({...e,stores:d});if(!(b.instructions.length>Or))return{part:b,load:b.loads.findIndex(({buffer:c})=>c===r.buffer),rest:p.length>0?ye({...e,stores:p}):void 0}}function ye(e){let[r,t]=[new Map,new Map],n=[],a=s=>{let u=r.get(s);if(u!==void 0)return u;let i=e.instructions[s],l=i.args.map(a),{immediate:m}=i;return i.op==="load"&&(t.has(m)||t.set(m,t.size),m=t.get(m)),r.set(s,n.length),n.push({...i,args:l,immediate:m})-1},o=e.stores.map(({value:s,view:u})=>({value:a(s),view:u}));return{...e,stores:o,instructions:n,loads:[...t.keys()].map(s=>e.loads[s])}}function I(e){switch(e.kind){case"map":return[...e.loads];case"matmul":return[e.a,e.b,...e.bias?[e.bias]:[]];case"linear-scan":return[e.x,e.a];case"argmax":return[e.x];case"random-bits":return[e.state];default:return[e.x,e.index]}}function N(e){return e.kind!=="map"?[e.y]:[...e.stores.map(({view:r})=>r),...e.reductions.map(({store:r})=>r)]}function Sr(e){let{offsets:r}=C(e),t=n=>{let{kind:a}=e.buffers[n.buffer],o=a==="temporary"?r[n.buffer]/4:0;return{memory:a==="temporary"?-1:n.buffer,from:o+n.offset,to:o+L(n)}};return(n,a)=>{let[o,s]=[t(n),t(a)];return o.memory===s.memory&&o.from<=s.to&&s.from<=o.to}}var _e=`@compute @workgroup_size(64)
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
}`;var $e=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i >= parameters.count * parameters.width) { return; }
let row = clamp_index(load_index(i / parameters.width), parameters.rows);
store_y(i, load_x(row * parameters.width + i % parameters.width));
}`;var E=`fn clamp_index(index: i32, count: u32) -> u32 {
return u32(clamp(index, 0, i32(count) - 1));
}`;var ve=`fn multiply_high(a: u32, b: u32) -> u32 {
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
}`;var xe=`@compute @workgroup_size(64)
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
}`;var ke=`@compute @workgroup_size(64)
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
}`;var Pe=`@compute @workgroup_size(64)
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
}`;var Me=`@compute @workgroup_size(64)
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
}`;var Ge=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.outer * parameters.count * parameters.inner) { return; }
let o = element / (parameters.count * parameters.inner);
let source = clamp_index(load_index(element), parameters.size);
store_y(element, load_x((o * parameters.size + source) * parameters.inner + element % parameters.inner));
}`;var Vr=64,V=({x:e,index:r,y:t},n)=>[x("x",e,n),x("index",r,"i32"),P("y",t,n)];function De(e){switch(e.kind){case"gather-rows":{let{x:r,index:t,y:n}=e,a=h(r.shape.slice(1));return G(e.kind,h(n.shape),V(e,"u32"),{count:h(t.shape),width:a,rows:r.shape[0]},E+$e)}case"scatter-add-rows":{let{index:r,y:t}=e,n=h(t.shape.slice(1));return G(e.kind,h(t.shape),V(e,"f32"),{count:h(r.shape),width:n,rows:t.shape[0]},E+Me)}case"take-along":{let{x:r,index:t,y:n}=e,[a,o,s]=r.shape;return G(e.kind,h(n.shape),V(e,"u32"),{outer:a,size:o,inner:s,count:t.shape[1]},E+Ge)}case"scatter-add-along":{let{index:r,y:t}=e,[n,a,o]=t.shape;return G(e.kind,h(t.shape),V(e,"f32"),{outer:n,size:a,inner:o,count:r.shape[1]},E+Pe)}case"argmax":{let{x:r,y:t}=e,n=h(t.shape);return G(e.kind,n,[x("x",r,"f32"),P("y",t,"i32")],{rows:n,size:h(r.shape)/n},_e)}case"linear-scan":{let{x:r,a:t,y:n}=e,a=h(n.shape.slice(1));return G(e.kind,a,[x("x",r,"f32"),x("a",t,"f32"),P("y",n,"f32")],{steps:n.shape[0],width:a,reverse:Number(e.reverse)},xe)}case"random-bits":{let{state:r,y:t}=e,n=h(t.shape);return G(e.kind,Math.ceil(n/4),[x("state",r,"u32"),P("y",t,"u32")],{count:n,salt:e.salt>>>0},ve+ke)}}}function G(e,r,t,n,a){let o=`${e} ${t.map(({name:u,view:i})=>`${u} [${i.shape.join(", ")}]`).join(", ")}`,s=t.reduce((u,{view:i})=>u+h(i.shape),0);return{label:o,operands:t,parameters:n,code:a,workgroups:Math.ceil(r/Vr),work:s}}var Be=`{{declare}}
@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
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
}`;var ze=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i < size) {
{{body}}
}
}`;function Oe(e,r){let{op:t,dtype:n,immediate:a}=e,[o,s,u]=e.args.map(i=>`v${i}`);switch(t){case"load":return n==="bool"?`${r.load(a)} != 0`:r.load(a);case"constant":return Nr(a,n);case"index":return`i32(${r.coordinate(a)})`;case"carried":z(!1,"only the wasm device makes running values");case"add":return`${o} + ${s}`;case"sub":return`${o} - ${s}`;case"mul":return`${o} * ${s}`;case"div":return`${o} / ${s}`;case"neg":return`-${o}`;case"abs":case"sqrt":case"floor":case"round":return`${t}(${o})`;case"min":return`select(${o}, ${s}, ${s} < ${o})`;case"max":return`select(${o}, ${s}, ${o} < ${s})`;case"select":return`select(${u}, ${s}, ${o})`;case"lt":return`${o} < ${s}`;case"le":return`${o} <= ${s}`;case"eq":return`${o} == ${s}`;case"and":return`${o} && ${s}`;case"or":return`${o} || ${s}`;case"not":return`!${o}`;case"bit-and":return`${o} & ${s}`;case"bit-or":return`${o} | ${s}`;case"bit-xor":return`${o} ^ ${s}`;case"shift-left":return`${o} << ${a}u`;case"shift-right":return`${o} >> ${a}u`;case"shift-right-unsigned":return`bitcast<i32>(bitcast<u32>(${o}) >> ${a}u)`;case"to-f32":return`f32(${o})`;case"to-i32":return`i32(${o})`;case"round-to-i32":return`i32(round(${o}))`;case"bitcast-f32":return`bitcast<f32>(${o})`;case"bitcast-i32":return`bitcast<i32>(${o})`;case"mask-to-f32":return`select(0f, 1f, ${o})`;case"mask-to-i32":return`select(0, 1, ${o})`}}function Nr(e,r){return r==="bool"?e?"true":"false":r==="i32"?`i32(${e|0})`:e===1/0?"infinity()":e===-1/0?"-infinity()":Number.isNaN(e)?"bitcast<f32>(parameters.infinity | 0x400000u)":`${Object.is(e,-0)?"-0":Math.fround(e)}f`}var Le=64,qr=32,Ae=16,Hr=64,Jr=8;function H(e,r){let t=Qr(e);if(t.length===0)return[Ue(e)];let n=([u])=>Xr(Ee(e,u,r)),[a]=e.stores.length===0?[]:t.filter(u=>n(u)<=Hr).sort((u,i)=>n(u)-n(i)),o=(u,i)=>Yr(e,u,i,r),s=t.filter(u=>u!==a).flatMap(u=>o(u,[]));return a?[...s,...o(a,e.stores)]:e.stores.length>0?[...s,Ue(e)]:s}function Qr({reductions:e}){let r=[];for(let t of e){let n=r.find(([a,...o])=>a.from===t.from&&a.to===t.to&&o.length+1<Jr);n?n.push(t):r.push([t])}return r}var Xr=({partSize:e,strands:r})=>Math.ceil(e/r);function Ee({domain:e},{from:r,to:t},n){let a=r===0&&t<e.length,o=h(e.slice(r,t)),s=h(e)/o,u=(l,m)=>{let p=n==="gpu"&&o>2*Ae*m&&m>1?Math.ceil(o/(Ae*m)):1;return{keptSize:s,reducedSize:o,leading:a,columns:l,strands:m,parts:p,partSize:Math.ceil(o/p)}};if(o<=qr)return u(Le,1);if(!a)return u(1,o<=1024?64:256);let i=Math.min(16,Se(s));return u(i,Math.min(256/i,Se(o)))}function Se(e){let r=1;for(;r<e;)r*=2;return r}function Ue(e){let r=h(e.domain),t=J(e,e.stores,[]);return{label:`map [${e.domain.join(", ")}]: ${t.count} operations, ${e.stores.length} stores`,operands:t.operands,parameters:{},code:`const size = ${r}u;
${A(ze,{body:S(t.body,4)})}`,workgroups:Math.ceil(r/Le),work:r*t.count}}function Yr(e,r,t,n){let a=Ee(e,r[0],n),{parts:o,keptSize:s}=a;if(o===1)return[Ke(e,r,t,a)];let u=r.map((l,m)=>({...l,store:{...R([o*s]),offset:m*o*s}})),i=Zr(e,r,u,o);return[Ke(e,u,t,a),...H(i,n)]}function Zr(e,r,t,n){let a=[n,...je(e,r[0])];return{kind:"map",domain:a,stores:[],loads:t.map(({store:o})=>({...o,shape:a,strides:M(a)})),instructions:t.map((o,s)=>({op:"load",args:[],dtype:"f32",immediate:s})),reductions:r.map((o,s)=>({...o,value:s,from:0,to:1}))}}function je({domain:e},{from:r,to:t}){return e.filter((n,a)=>a<r||a>=t)}function Ke(e,r,t,n){let{keptSize:a,reducedSize:o,leading:s,columns:u,strands:i,parts:l,partSize:m}=n,d=J(e,t,r),p=y=>r.map(y),b=p(({kind:y,value:_},B)=>`sum_${B} = ${Re(y,`sum_${B}`,`v${_}`)};`),c=je(e,r[0]),f=i===1?{declare:[],fold:[]}:et(r,u*i),g=Math.ceil(a/u),$={kept_size:a,kept_groups:g,reduced_size:o,part_size:m,columns:u,strands:i,threads:u*i},v=({store:y})=>l>1?"part * kept_size + kept":q(c,y.strides,"kept"),D=A(Be,{declare:S(f.declare,0),begin:S(p(({kind:y},_)=>`var sum_${_} = ${rt[y]};`),2),element:s?"reduced * kept_size + kept":"kept * reduced_size + reduced",body:S([...d.body,...b],6),fold:S(f.fold,2),end:S(p((y,_)=>`store_sum${_}(${v(y)}, sum_${_});`),4)});return{label:`map [${e.domain.join(", ")}]: ${d.count} operations, ${t.length} stores, ${r.map(({kind:y})=>y).join(", ")} over axes ${r[0].from}..${r[0].to-1}${l>1?` in ${l} parts`:""}`,operands:[...d.operands,...r.map(({store:y},_)=>P(`sum${_}`,y,"f32"))],parameters:{},code:Object.entries($).map(([y,_])=>`const ${y} = ${_}u;
`).join("")+D,workgroups:g*l,work:a*o*d.count}}function et(e,r){let t=n=>e.map((a,o)=>n(o));return{declare:t(n=>`var<workgroup> partial_${n}: array<f32, ${r}>;`),fold:[...t(n=>`partial_${n}[lane] = sum_${n};`),"for (var width = strands; width > 1u;) {","  let next = max(1u, width / 16u);","  workgroupBarrier();","  if (strand < next) {","    for (var other = strand + next; other < width; other += next) {","      let at = other * columns + lane % columns;",...e.map(({kind:n},a)=>`      sum_${a} = ${Re(n,`sum_${a}`,`partial_${a}[at]`)};`),"    }",...t(n=>`    partial_${n}[lane] = sum_${n};`),"  }","  width = next;","}"]}}var rt={sum:"0f",max:"-infinity()",min:"infinity()"};function Re(e,r,t){return e==="sum"?`${r} + ${t}`:e==="max"?`select(${r}, ${t}, ${r} < ${t})`:`select(${r}, ${t}, ${t} < ${r})`}function We({map:e,load:r}){return J(e,e.stores,[],r)}function J(e,r,t,n){let{domain:a,loads:o,instructions:s}=e,u=tt(e,[...r,...t].map(({value:p})=>p)),i=new Set,l={load:p=>p===n?"value":(i.add(p),`load_in${p}(${q(a,o[p].strides,"i")})`),coordinate:p=>Ce(a,p,p,"i")},m=u.map(p=>`let v${p} = ${Oe(s[p],l)};`);r.forEach(({value:p,view:b},c)=>{let f=s[p].dtype==="bool"?`select(0, -1, v${p})`:`v${p}`;m.push(`store_out${c}(${q(a,b.strides,"i")}, ${f});`)});let d=[...[...i].sort((p,b)=>p-b).map(p=>{let b=o[p];return{name:`in${p}`,view:b,type:b.dtype,access:"load"}}),...r.map(({view:p},b)=>({name:`out${b}`,view:p,type:p.dtype,access:"store"}))];return{body:m,operands:d,count:u.length}}function tt({instructions:e},r){let t=new Set(r);for(let n=e.length-1;n>=0;n--)if(t.has(n))for(let a of e[n].args)t.add(a);return[...t].sort((n,a)=>n-a)}function q(e,r,t){let n=[...e.keys()].filter(o=>e[o]>1),a=[];for(let o=n.length-1;o>=0;o--){let s=r[n[o]];if(s===0)continue;let u=o;for(;u>0&&r[n[u-1]]===r[n[u]]*e[n[u]];)u--;let i=Ce(e,n[u],n[o],t);a.unshift(s===1?i:`${i} * ${s}u`),o=u}return a.join(" + ")||"0u"}function Ce(e,r,t,n){let a=M(e)[t],o=h(e.slice(r,t+1));if(o===1)return"0u";let s=a===1?n:`${n} / ${a}u`;return a*o===h(e)?s:`${s} % ${o}u`}function S(e,r){return e.join(`
${" ".repeat(r)}`)}var Q=`struct Place {
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
}`;var Ie=`@compute @workgroup_size(threads)
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
}`;var Ve=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.count) { return; }
let first = element / parameters.size * parameters.size * parameters.splits + element % parameters.size;
var sum = load_parts(first);
for (var split = 1u; split < parameters.splits; split++) {
sum = sum + load_parts(first + split * parameters.size);
}
finish(element, sum);
}`;var Fe=`var<workgroup> a_tile: array<array<vec4<f32>, a_vectors + 1u>, steps>;
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
}`;var Te=[{size:128,block:8,steps:8,enough:160,wanted:0},{size:64,block:4,steps:16,enough:96,wanted:128},{size:32,block:4,steps:16,enough:0,wanted:256}],it=128,ut=3,ct={rows:8,columns:8,threads:16};function qe(e,r,t){if(r==="cpu")return[mt(e)];let{tile:n,parts:a}=Je(e);return pt(e,n,a,X(e,t))}function He(e,r){return r==="gpu"&&Je(e).tile.block<8}function Je({m:e,k:r,n:t,y:n}){let a=h(n.shape.slice(0,-2)),o=({size:p})=>Math.ceil(e/p)*Math.ceil(t/p)*a,s=({size:p})=>Math.min(e,t)>=.75*p,u=Te.find(p=>p.enough>0&&s(p)&&o(p)>=p.enough);if(u)return{tile:u,parts:1};let[,i,l]=Te,m=p=>{let b=Math.min(Math.ceil(p.wanted/o(p)),Math.floor(r/it));return b<ut?1:b},d=s(i)&&o(i)*m(i)>=i.enough?i:l;return{tile:d,parts:m(d)}}function X(e,r,t=e.y){let{body:n,operands:a,count:o}=r?We(r):{body:[],operands:[],count:0},s=!r||r.storesResult,u=[...s?["store_y(i, value);"]:[],...n];return{label:r?`; ${o} operations, ${r.map.stores.length} stores`:"",code:`fn finish(i: u32, value: f32) {
  ${u.join(`
  `)}
}`,operands:[...s?[P("y",t,"f32")]:[],...a],operations:o}}function pt(e,r,t,n){if(t===1)return[Ne(e,r,1,e.k,n)];let{m:a,n:o,y:s}=e,u=Math.ceil(e.k/t/r.steps)*r.steps,i=Math.ceil(e.k/u),l=h(s.shape),m=R([i*l]);return[Ne(e,r,i,u,X(e,void 0,m)),{label:`sum of ${i} parts [${s.shape.join(", ")}]${n.label}`,operands:[x("parts",m,"f32"),...n.operands],parameters:{count:l,size:a*o,splits:i},code:`${n.code}
${Ve}`,workgroups:Math.ceil(l/64),work:i*l}]}function Ne(e,r,t,n,a){let{m:o,k:s,n:u}=e,{size:i,block:l,steps:m}=r,d=i/l,p=d*d,b=i/4,c=o%i===0&&u%i===0&&s%n===0&&n%m===0,f={a_vectors:b,b_vectors:b,steps:m,threads:p,threads_across:d},g=Math.ceil(o/i)*Math.ceil(u/i)*h(e.y.shape.slice(0,-2));return{label:`${Qe(e)}; tiles of ${i}${t>1?`, k in ${t} parts`:""}${a.label}`,operands:Xe(e,a),parameters:Ye(e,t,n),code:[er(f),`const exact = ${c};`,a.code,Q,A(Fe,lt(r,b,p,d))].join(`
`),workgroups:g*t,work:(s+a.operations)*h(e.y.shape)}}function lt({block:e,steps:r},t,n,a){let o=k(t*r/n),s=k(e/4),u=k(e),i=c=>c===0?"across":`across + ${c*a}u`,l=c=>c===0?"down":`down + ${c*a}u`,m=(c,f)=>{let g=`(lane + ${f*n}u)`;return[`let ${c}_vector_${f} = select(${g} % ${t}u, ${g} / steps, ${c}_along_k);`,`let ${c}_step_${f} = select(${g} / ${t}u, ${g} % steps, ${c}_along_k);`]},d=(c,f,g)=>`${c}_${f} = ${c}_vector(place, ${c}_vector_${f}, ${g} + ${c}_step_${f});`,p=["a","b"],b=c=>p.flatMap(f=>o.map(g=>c(f,g)));return{begin:[...s.map(c=>`let start_${c} = bias_vector(place, ${i(c)});`),...u.flatMap(c=>s.map(f=>`var sum_${c}_${f} = start_${f};`)),...p.flatMap(c=>o.flatMap(f=>m(c,f))),...b((c,f)=>`var ${d(c,f,"place.first")}`)].join(`
  `),place:b((c,f)=>`${c}_tile[${c}_step_${f}][${c}_vector_${f}] = ${c}_${f};`).join(`
    `),fetch:b((c,f)=>d(c,f,"next")).join(`
    `),multiply:k(r).map(c=>["{",...s.map(f=>`let a_${f} = a_tile[${c}][${l(f)}];`),...s.map(f=>`let b_${f} = b_tile[${c}][${i(f)}];`),...u.flatMap(f=>s.map(g=>`sum_${f}_${g} = sum_${f}_${g} + a_${f>>2}.${"xyzw"[f&3]} * b_${g};`)),"}"].join(" ")).join(`
    `),end:u.flatMap(c=>s.map(f=>`store_vector(place, place.row + ${l(c>>2)} + ${(c&3)*t}u, ${i(f)}, sum_${c}_${f});`)).join(`
  `)}}function mt(e){let{m:r,n:t,y:n}=e,{rows:a,columns:o,threads:s}=ct,u=Math.ceil(r/a)*Math.ceil(t/o)*h(n.shape.slice(0,-2)),i=k(o/4),l=d=>k(a).flatMap(p=>i.map(b=>d(p,b))),m=X(e);return{label:Qe(e),operands:Xe(e,m),parameters:{...Ye(e,1,e.k),end:h(n.shape)},code:[er({tile_rows:a,tile_columns:o,threads:s}),`const exact = ${r%a===0&&t%o===0};`,m.code,Q,A(Ie,{begin:[...l((d,p)=>`var sum_${d}_${p} = bias_vector(place, place.column + ${4*p}u);`),...k(a).map(d=>`let a_at_${d} = a_begin(place, place.row + ${d}u);`),...k(o).map(d=>`let b_at_${d} = b_begin(place, place.column + ${d}u);`)].join(`
  `),multiply:[...i.map(d=>`let b_${d} = vec4<f32>(${k(4).map(p=>`load_b(b_at_${4*d+p} + b_k)`).join(", ")});`),...k(a).flatMap(d=>[`let a_${d} = load_a(a_at_${d} + a_k);`,...i.map(p=>`sum_${d}_${p} = sum_${d}_${p} + a_${d} * b_${p};`)])].join(`
    `),end:l((d,p)=>`store_vector(place, place.row + ${d}u, place.column + ${4*p}u, sum_${d}_${p});`).join(`
  `)})].join(`
`),workgroups:Math.ceil(u/s),work:e.k*h(n.shape)}}function Qe({m:e,k:r,n:t,bias:n,transposeA:a,transposeB:o,...s}){return`matmul ${Ze(s).map(({size:i})=>`${i} x `).join("")}[${e}, ${r}] [${r}, ${t}]${n?" + bias":""}${a?", a transposed":""}${o?", b transposed":""}`}function Xe({a:e,b:r,bias:t},n){return[x("a",e,"f32"),x("b",r,"f32"),x("bias",t??r,"f32"),...n.operands]}function Ye(e,r,t){let{m:n,k:a,n:o,a:s,b:u,bias:i}=e,l=Ze(e),[m,d]=[l.length>1?l[0]:void 0,l[l.length-1]];return{rows:n,depth:a,columns:o,has_bias:+(i!==void 0),splits:r,part:t,a_row:s.strides.at(-2),a_column:s.strides.at(-1),b_row:u.strides.at(-2),b_column:u.strides.at(-1),a_transposed:Number(e.transposeA),b_transposed:Number(e.transposeB),batch_inner:d?.size??1,a_outer:m?.a??0,a_inner:d?.a??0,b_outer:m?.b??0,b_inner:d?.b??0}}function Ze({a:e,b:r,y:t}){let n=t.shape.length,a=(s,u)=>{let i=u-n+s.shape.length;return i<0||s.shape[i]===1?0:s.strides[i]},o=t.shape.slice(0,-2).map((s,u)=>({size:s,a:a(e,u),b:a(r,u)})).filter(({size:s})=>s>1);return z(o.length<=2,`a matmul has at most two batch axes, got [${t.shape}]`),o}function er(e){return Object.entries(e).map(([r,t])=>`const ${r} = ${t}u;`).join(`
`)}var k=e=>Array.from({length:e},(r,t)=>t);var dt=16<<20;function rr(e,r){let t=0;return we(e,n=>He(n,r)).flatMap(n=>{let a=ft(n,r),o=W(a);t+o>dt&&(t=0);let s=a.map(u=>le(u,t));return t+=o,s})}function ft({kernel:e,epilogue:r},t){return e.kind==="map"?H(e,t):e.kind==="matmul"?qe(e,t,r):[De(e)]}function Y(e,r,t){if(t===0)return"";let{kernels:n,arenaBytes:a,work:o}=e,s=new Map,u=r.map(({members:l,text:m,grid:d},p)=>{let b=s.get(m);b===void 0&&s.set(m,p);let c=l.map(g=>g.label).join(" | "),f=`${String(p).padStart(4)}  ${c}; ${d.join(" x ")} workgroups`+(b===void 0?"":`; pipeline of ${b}`);return t===2&&b===void 0?`${f}
${m}`:f});return[`${n.length} kernels, ${r.length} dispatches, ${s.size} pipelines, ${a} bytes of arena, ${o.multiplyAdds} multiply-adds, ${o.elements} elements of maps`,...u].join(`
`)}var tr=new WeakMap,bt=4;function nr(e){let r=tr.get(e);return r||tr.set(e,r={layouts:new Map,pipelines:new Map}),r}function or(e,r){return ar(e,r).bindings}function ar(e,r){let{layouts:t}=nr(e),n=t.get(r);if(!n){let a=`bregman ${r} pages`,o=e.createBindGroupLayout({label:a,entries:Array.from({length:r+1},(s,u)=>({binding:u,visibility:bt,buffer:u===0?{type:"uniform",hasDynamicOffset:!0}:{type:"storage"}}))});n={bindings:o,pipeline:e.createPipelineLayout({label:a,bindGroupLayouts:[o]})},t.set(r,n)}return n}function sr(e,r,t,n,a){let{pipelines:o}=nr(e),s=o.get(t);return s||(a(),s=gt(e,r,t,n),o.set(t,s),s.catch(()=>o.delete(t))),s}async function gt(e,r,t,n){let a=ar(e,n).pipeline;e.pushErrorScope("validation");let o=e.createShaderModule({label:`bregman ${r}`,code:t}),s={module:o,entryPoint:"main"},u=e.createComputePipelineAsync({label:`bregman ${r}`,layout:a,compute:s}).catch(b=>b),[i,l]=await Promise.all([u,e.popErrorScope()]);if(!l&&!(i instanceof Error))return i;let{messages:m}=await o.getCompilationInfo(),p=m.map(({lineNum:b,message:c})=>`line ${b}: ${c}`).join("; ")||l?.message||i.message;throw new w("internal",`internal: the kernel "${r}" does not compile: ${p}. Please report it.
${t}`)}var ht={gpu:2e8,cpu:2e5},yt=.02,ir=8,wt=72,ur=256;async function pr(e,r,t){let n=rr(r,e.adapter),a=$t(e,r,t,W(n));try{return await _t(e,r,n,a)}catch(o){throw a.free(),o}}async function _t(e,r,t,n){let{gpu:a,counters:o}=e,{buffers:s}=n,u=he(t,e.adapter,c=>{let{block:f,byteOffset:g}=n.bufferOf(c);return{page:f.page,word:g/4}});u.forEach(Pt);let i=await Promise.all(u.map(({members:[c],text:f,pages:g})=>sr(a,c.label,f,g.length,()=>o.pipelines++)));e.check();let l=Mt(a,u.map(({members:c,grid:f})=>c.flatMap(g=>de(g,f,$=>n.bufferOf($).byteOffset/4)))),m=Gt(a,l),d=u.map(({pages:c,grid:f,members:g},$)=>({pipeline:i[$],bindings:m(c),offset:[$*l.stride],grid:f,milliseconds:yt+g.reduce((v,{work:D})=>v+D,0)/ht[e.adapter]}));e.debug>0&&console.log(Y(r,u,e.debug));let p=!1,b=()=>{if(p)throw new w("disposed","webgpu: this program was disposed");e.check()};return{program:r,stepCount:d.length,repeatFrom:0,buffer:c=>xt(r,s,c),run(c=1){b(),cr(e,d,0,d.length,c)},runSteps(c,f){b(),z(0<=c&&c<=f&&f<=d.length,`steps ${c} to ${f} of ${d.length}`),cr(e,d,c,f,1)},describe:(c=1)=>Y(r,u,c),dispose(){p||(p=!0,l.buffer.destroy(),n.free())}}}function cr(e,r,t,n,a){let o=(n-t)*a;for(let s=0;s<o;){let u=s,i=e.gpu.createCommandEncoder({label:"bregman run"}),l=i.beginComputePass(),m,d=0;do{let p=r[t+s%(n-t)];p.pipeline!==m&&l.setPipeline(m=p.pipeline),l.setBindGroup(0,p.bindings,p.offset),l.dispatchWorkgroups(...p.grid),d+=p.milliseconds,s++}while(s<o&&d<e.submitMs);l.end(),e.gpu.queue.submit([i.finish()]),e.counters.submits++,e.counters.dispatches+=s-u}}function $t(e,r,t,n){let{heap:a}=e,o=[],s=({size:c,dtype:f})=>{let g=j(a,c,f);return o.push(g),g},u=r.buffers.map(c=>c.kind==="input"&&t[c.name]?vt(c,e.own(t[c.name])):void 0),{offsets:i,byteLength:l}=C(r),m=l>0?s({size:Math.ceil(l/4),dtype:"f32"}):void 0,d=r.buffers.map((c,f)=>c.kind!=="temporary"?u[f]??s(c):{...m,dtype:c.dtype,size:c.size,byteOffset:m.byteOffset+i[f]}),p=n>0?s({size:n,dtype:"f32"}):void 0;return{buffers:d,bufferOf:c=>c===K?p:d[c],free:()=>o.forEach(({block:c})=>a.free(c))}}function vt({name:e,dtype:r,size:t},n){if(n.dtype===r&&n.size>=t)return n;throw new w("invalid-shape",`load: input "${e}" needs ${r} [${t}], the bound buffer is ${n.dtype} [${n.size}]`)}function xt({inputs:e,outputs:r},t,n){let a=e.get(n);if(a!==void 0)return t[a];let o=r.get(n);if(o)return kt(t[o.buffer],o);let s=[...e.keys(),...r.keys()];throw new w("not-found",`the program has no buffer "${n}"; it has ${s.join(", ")}`)}function kt(e,{offset:r,shape:t,dtype:n}){return{...e,dtype:n,size:h(t),byteOffset:e.byteOffset+4*r}}function Pt({members:[e],pages:r}){if(!(r.length<=ir))throw new w("invalid-shape",`webgpu: the kernel "${e.label}" reads and writes ${r.length} large pieces of GPU memory, but a kernel can bind ${ir}; use smaller tensors, fewer in one expression, or device "wasm"`)}function Mt(e,r){let t=Math.max(1,...r.map(s=>s.length)),n=Math.ceil(4*t/ur)*ur,a=new Uint32Array(Math.max(1,r.length)*n/4);r.forEach((s,u)=>a.set(s,u*n/4));let o=e.createBuffer({label:"bregman parameters",size:a.byteLength,usage:wt});return e.queue.writeBuffer(o,0,a),{buffer:o,stride:n}}function Gt(e,{buffer:r,stride:t}){let n=[];return a=>{let o=n.find(u=>u.pages.length===a.length&&u.pages.every((i,l)=>i===a[l]));if(o)return o.group;let s=e.createBindGroup({label:"bregman",layout:or(e,a.length),entries:[{binding:0,resource:{buffer:r,size:t}},...a.map((u,i)=>({binding:i+1,resource:{buffer:u.buffer}}))]});return n.push({pages:a,group:s}),s}}var Dt=9,Bt=1,zt=256,Ot=100;function lr(e){let{gpu:r}=e,t=new Map,n=new Set,a=s=>{let u=t.get(s)?.pop();if(u)return u;let i=r.createBuffer({label:"bregman read-back",size:s,usage:Dt});return n.add(i),i},o=(s,u)=>{let i=t.get(s);i?i.push(u):t.set(s,[u])};return{async read(s,u,i){if(i===0)return new ArrayBuffer(0);let l=zt;for(;l<i;)l*=2;let m=a(l),d=r.createCommandEncoder({label:"bregman read"});d.copyBufferToBuffer(s,u,m,0,i),r.queue.submit([d.finish()]);let p;try{await m.mapAsync(Bt,0,i),p=m.getMappedRange(0,i).slice(0),m.unmap()}catch(b){throw await Promise.race([r.lost,new Promise(c=>setTimeout(c,Ot))]),e.check(),new w("internal",`internal: reading from the GPU failed: ${String(b)}`)}return o(l,m),e.check(),p},dispose(){for(let s of n)s.destroy();n.clear()}}}async function At(e={}){let r=e.device?te(e.device):await re(e.adapter),{gpu:t,description:n,software:a,owned:o}=r,s=ue(t,e.pageBytes),u={submits:0,dispatches:0,pipelines:0},i=St(t,o),l=!1,m={gpu:t,heap:s,counters:u,adapter:e.kernels??(a?"cpu":"gpu"),debug:e.debug??0,submitMs:e.submitMs??200,check(){if(l)throw new w("disposed","webgpu: this device was disposed");i.check()},own(p){if(p.heap===s)return p;throw new w("invalid-option","webgpu: the buffer belongs to another device")}},d=lr(m);return{kind:"webgpu",gpu:t,software:a,counters:u,description:`webgpu on ${n}${a?" (a software rasterizer)":""}`,byteLength:()=>s.byteLength(),allocate(p,b){return m.check(),j(s,p,b)},write(p,b,c=0){m.check();let{block:f,byteOffset:g,size:$,dtype:v}=m.own(p);if(mr("write",c,b.length,$),v==="f32"!=b instanceof Float32Array){let D=v==="f32"?"Float32Array":"Int32Array";throw new w("invalid-dtype",`webgpu: a buffer of ${v} takes ${D}`)}t.queue.writeBuffer(f.page.buffer,g+4*c,b)},async read(p,b=p.size){m.check();let{block:c,byteOffset:f,size:g,dtype:$}=m.own(p);mr("read",0,b,g);let v=await d.read(c.page.buffer,f,4*b);return $==="f32"?new Float32Array(v):new Int32Array(v)},load(p,b={}){return m.check(),pr(m,p,b)},dispose(){l||(l=!0,i.stop(),d.dispose(),s.dispose(),o&&t.destroy())}}}function mr(e,r,t,n){if(!(Number.isInteger(r)&&Number.isInteger(t)&&r>=0&&t>=0&&r+t<=n))throw new w("invalid-shape",`webgpu: ${e} of ${t} elements at ${r}, but the buffer has ${n}`)}function St(e,r){let t,n,a=o=>{let{message:s}=o.error;!r&&!s.includes("bregman")||(o.preventDefault(),n??=s)};return e.addEventListener("uncapturederror",a),e.lost.then(({reason:o,message:s})=>{t=s||o||"no reason given"}),{check(){if(t!==void 0)throw new w("device-lost",`webgpu: the GPU device was lost: ${t}`);if(n===void 0)return;let o=n;throw n=void 0,new w("internal",`internal: the GPU refused a command: ${o}. Please report it.`)},stop:()=>e.removeEventListener("uncapturederror",a)}}export{At as createWebGpuDevice,ee as findAdapter};
