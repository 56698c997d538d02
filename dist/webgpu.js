var T=class extends Error{name="BregmanError";code;constructor(r,t,n={}){super(t),this.code=r,Object.assign(this,n)}};function E(e,r){if(!e)throw new T("internal",`internal: ${r}. This is a fault in bregman; please report it.`)}import{BregmanError as w}from"./index.js";var ee;async function re(){let r=await(await hr()).requestAdapter({powerPreference:"high-performance"}).catch(t=>{throw B(`the request for an adapter failed: ${N(t)}`)});if(!r)throw B(se()?'no adapter; install a Vulkan driver for this GPU (or point VK_ICD_FILENAMES at one), or use device "wasm"':'the browser has no adapter: its GPU driver is missing or blocked, or hardware acceleration is off (on Linux, Chromium may want --enable-unsafe-webgpu); or use device "wasm"');return{adapter:r,description:ae(r.info),software:oe(r.info,r)}}async function te(e){let{adapter:r,description:t,software:n}=e??await re(),{maxStorageBufferBindingSize:a,maxBufferSize:o}=r.limits;return{gpu:await r.requestDevice({label:"bregman",requiredLimits:{maxStorageBufferBindingSize:a,maxBufferSize:o}}).catch(u=>{throw B(`the adapter (${t}) gave no device: ${N(u)}`)}),description:t,software:n,owned:!0}}function ne(e){let r=e.adapterInfo;return r?{gpu:e,description:ae(r),software:oe(r),owned:!1}:{gpu:e,description:"the page's GPUDevice",software:!1,owned:!1}}var gr=["swiftshader","llvmpipe","lavapipe","software","basic render"];function oe(e,r){let t=[e,r].some(a=>a?.isFallbackAdapter===!0),n=`${e.vendor} ${e.architecture} ${e.device} ${e.description}`.toLowerCase();return t||gr.some(a=>n.includes(a))}function ae({vendor:e,architecture:r,device:t,description:n}){return[e,r,n||t].filter(o=>o&&!/^\d+$/.test(o)).join(" ")||"an adapter without a name"}async function hr(){let e=globalThis.navigator?.gpu;if(e)return e;if(globalThis.isSecureContext===!1){let r=globalThis.location?.origin??"this page";throw B(`${r} is not a secure context, and browsers offer WebGPU only there; serve the page over https or from localhost, or use device "wasm"`)}if(!se())throw B('this browser has no WebGPU (navigator.gpu is missing); update it, or use device "wasm"');return ee??=await yr(),ee}async function yr(){let e="webgpu";try{let{create:r}=await import(e);return r([])}catch(r){throw B(`Node needs the optional package: npm install webgpu (${N(r)})`)}}function se(){return globalThis.process?.versions?.node!==void 0&&!("Deno"in globalThis)}function B(e){return new w("webgpu-unavailable",`webgpu is not available: ${e}`)}function N(e){return e instanceof Error?e.message.split(`
`)[0]:String(e)}function R(e,r,t){if(!Number.isInteger(r)||r<1)throw new w("invalid-shape",`webgpu: a buffer needs at least one element, got ${r}`);let n=e.allocate(4*r);return{dtype:t,size:r,heap:e,block:n,byteOffset:n.offset}}var A=256,wr=64<<20,_r=140;function ce(e,r=4<<20){let t=[],n=Math.min(e.limits.maxStorageBufferBindingSize,e.limits.maxBufferSize),a=o=>{let u={buffer:e.createBuffer({label:`bregman page ${t.length}`,size:o,usage:_r}),byteLength:o,free:[{offset:0,byteLength:o}],touched:0};return t.push(u),u};return{allocate(o){let s=Math.max(A,Math.ceil(o/A)*A);if(s>n)throw new w("invalid-shape",`webgpu: ${o} bytes in one piece, but this GPU binds at most ${n}`);for(let m of t){let f=ie(m,s);if(f)return ue(e,f)}let u=Math.min(wr,Math.floor(n/A)*A),i=Math.min(r*2**t.length,u),l=ie(a(Math.max(i,s)),s);return ue(e,l)},free({page:o,offset:s,byteLength:u}){let i=[...o.free,{offset:s,byteLength:u}].sort((l,m)=>l.offset-m.offset);o.free=[];for(let l of i){let m=o.free[o.free.length-1];m&&m.offset+m.byteLength===l.offset?m.byteLength+=l.byteLength:o.free.push({...l})}},byteLength:()=>t.reduce((o,s)=>o+s.byteLength,0),dispose(){for(let o of t.splice(0))o.buffer.destroy()}}}function ie(e,r){let t=e.free.find(a=>a.byteLength>=r);if(!t)return;let n={page:e,offset:t.offset,byteLength:r};return t.offset+=r,t.byteLength-=r,e.free=e.free.filter(a=>a.byteLength>0),n}function ue(e,r){let{page:t,offset:n,byteLength:a}=r,o=Math.min(n+a,t.touched)-n;if(t.touched=Math.max(t.touched,n+a),o>0){let s=e.createCommandEncoder({label:"bregman clear"});s.clearBuffer(t.buffer,n,o),e.queue.submit([s.finish()])}return r}function h(e){return e.reduce((r,t)=>r*t,1)}function P(e){let r=new Array(e.length),t=1;for(let n=e.length-1;n>=0;n--)r[n]=t,t*=e[n];return r}var pe=`fn infinity() -> f32 {
return bitcast<f32>(parameters.infinity);
}`;var le=`fn workgroup_number(group: vec3<u32>) -> u32 {
return group.y * own_parameters(group).groups_x + group.x;
}`;var x=(e,r,t)=>({name:e,view:r,type:t,access:"load"}),k=(e,r,t)=>({name:e,view:r,type:t,access:"store"}),S=-1;function j(e){return{buffer:S,offset:0,shape:e,strides:P(e),dtype:"f32"}}function W(e){let r=e.flatMap(({operands:t})=>t.map(({view:n})=>n));return Math.max(0,...r.filter(({buffer:t})=>t===S).map(t=>U(t)+1))}function me(e,r){let t=n=>n.buffer===S?{...n,offset:n.offset+r}:n;return{...e,operands:e.operands.map(n=>({...n,view:t(n.view)}))}}function U({offset:e,shape:r,strides:t}){return r.reduce((n,a,o)=>n+(a-1)*t[o],e)}var xr=2139095040,kr=65535;function de(e){let r=Math.max(...e.map(n=>n.workgroups)),t=Math.ceil(r/kr);return[Math.ceil(r/t),t,e.length]}function fe(e,r,t){let n=e.operands.map(({view:o})=>t(o.buffer)+o.offset),a=[xr,r[0],e.workgroups,...n,...Object.values(e.parameters)];return[...a,...be(a.length)]}var be=e=>new Array(-e&3).fill(0);function ge(e,r,t=1){let{operands:n,parameters:a,code:o}=e,s=Math.max(...n.map(({view:f})=>r(f.buffer)))+1,u=["infinity","groups_x","workgroups",...n.map(({name:f})=>`at_${f}`),...Object.keys(a)],l=[`struct Parameters { ${[...u,...be(u.length).map((f,p)=>`padding_${p}`)].map(f=>`${f}: u32`).join(", ")} }`,...Pr(t),...Array.from({length:s},(f,p)=>`@group(0) @binding(${p+1}) var<storage, read_write> page_${p}: array<u32>;`),...n.map(f=>Mr(f,`page_${r(f.view.buffer)}`))],m=t===1?o:o.replace(/fn main\([^{]*\{/,`$&
  parameters = own_parameters(group);`);return[...l,le,pe,m].join(`
`)}function Pr(e){let r=t=>`fn own_parameters(group: vec3<u32>) -> Parameters { return ${t}; }`;return e===1?["@group(0) @binding(0) var<uniform> parameters: Parameters;",r("parameters")]:[`@group(0) @binding(0) var<uniform> launch: array<Parameters, ${e}>;`,"var<private> parameters: Parameters;",r("launch[group.z]")]}function Mr({name:e,type:r,access:t},n){let a=`${n}[parameters.at_${e} + i]`;return t==="load"?`fn load_${e}(i: u32) -> ${r} { return ${r==="u32"?a:`bitcast<${r}>(${a})`}; }`:`fn store_${e}(i: u32, value: ${r}) { ${a} = ${r==="u32"?"value":"bitcast<u32>(value)"}; }`}function z(e,r){return e.replace(/\{\{(\w+)\}\}/g,(t,n)=>r[n]??"")}var Gr=8;function ye(e,r,t){let n=new Map,a=i=>(n.has(i)||n.set(i,n.size),n.get(i)),o=e.map(({operands:i})=>[...new Set(i.map(({view:l})=>t(l.buffer).page))]),s=(i,l)=>ge(e[i],m=>o[i].indexOf(t(m).page),l);return(r==="cpu"?e.map((i,l)=>[l]):Br(e.map((i,l)=>`${o[l].map(a)} ${s(l,1)}`),e.map(i=>Dr(i,t)))).map(i=>{let l=i.map(m=>e[m]);return{members:l,text:s(i[0],l.length),grid:de(l),pages:o[i[0]]}})}function Dr({operands:e},r){return e.map(({view:t,access:n})=>{let{page:a,word:o}=r(t.buffer);return{page:a,from:o+t.offset,to:o+U(t),writes:n==="store"}})}function Br(e,r){let t=zr(e,r),n=[];for(;t.length>0;){let a=t.filter(({before:i})=>i.size===0),o=new Set(t.filter(({before:i})=>i.size>0).map(({key:i})=>i)),{key:s}=a.find(i=>!o.has(i.key))??a[0],u=a.filter(i=>i.key===s).slice(0,Gr).map(({number:i})=>i);n.push(u),t=t.filter(({number:i})=>!u.includes(i));for(let{before:i}of t)for(let l of u)i.delete(l)}return n}function zr(e,r){return e.map((t,n)=>{let a=new Set;for(let o=0;o<n;o++)r[n].some(s=>r[o].some(u=>Or(s,u)))&&a.add(o);return{number:n,key:t,before:a}})}function Or(e,r){return(e.writes||r.writes)&&e.page===r.page&&e.from<=r.to&&r.from<=e.to}var Ar=128<<20,he=64;function C({buffers:e,arenaBytes:r}){let t=0,n=e.map(({kind:a,size:o})=>{let s=t;return a==="temporary"&&(t+=Math.ceil(4*o/he)*he),s});return t<=Math.max(r,Ar)?{offsets:n,byteLength:t}:{offsets:e.map(({arenaOffset:a})=>a),byteLength:r}}var Sr=96;function _e(e,r){let t=[...e.kernels],n=new Map,a=Kr(e);return t.forEach((o,s)=>{if(o?.kind!=="matmul"||!r(o))return;let u=t.flatMap((y,_)=>y&&_!==s&&I(y).some(({buffer:D})=>D===o.y.buffer)?[_]:[]),i=u.find(y=>y>s),l=i===void 0?void 0:t[i];if(i===void 0||l?.kind!=="map"||e.buffers[o.y.buffer].kind!=="temporary")return;let m=Ur(l,o.y);if(!m)return;let{part:f,load:p,rest:b}=m,c=t.slice(s+1,i).filter(y=>y!==void 0),d=f.stores.map(({view:y})=>y),g=f.loads.filter((y,_)=>_!==p),$=(y,_)=>y.some(D=>_.some(br=>a(D,br))),v=[o.y,...I(o),...b?[...I(b),...q(b)]:[]];!$(d,v)&&!c.some(y=>$(d,[...I(y),...q(y)])||$(g,q(y)))&&(t[i]=b,n.set(s,{map:f,load:p,storesResult:u.length>1}))}),t.flatMap((o,s)=>o?[{kernel:o,epilogue:n.get(s)}]:[])}function Ur(e,r){let{domain:t,loads:n,instructions:a,stores:o,reductions:s}=e,u=n.findIndex(({buffer:c})=>c===r.buffer),i=r.offset===0&&h(t)===h(r.shape)&&`${r.strides}`==`${P(r.shape)}`,l=({buffer:c,offset:d,strides:g})=>c===r.buffer&&d===0&&`${g}`==`${P(t)}`;if(!i||s.length>0||!l(n[u])||n.some((c,d)=>d!==u&&c.buffer===r.buffer))return;let m=[];a.forEach(({op:c,args:d,immediate:g},$)=>{m[$]=c==="load"?g===u:d.some(v=>m[v])});let f=o.filter(({value:c})=>m[c]),p=o.filter(({value:c})=>!m[c]),b=we({...e,stores:f});if(!(b.instructions.length>Sr))return{part:b,load:b.loads.findIndex(({buffer:c})=>c===r.buffer),rest:p.length>0?we({...e,stores:p}):void 0}}function we(e){let[r,t]=[new Map,new Map],n=[],a=s=>{let u=r.get(s);if(u!==void 0)return u;let i=e.instructions[s],l=i.args.map(a),{immediate:m}=i;return i.op==="load"&&(t.has(m)||t.set(m,t.size),m=t.get(m)),r.set(s,n.length),n.push({...i,args:l,immediate:m})-1},o=e.stores.map(({value:s,view:u})=>({value:a(s),view:u}));return{...e,stores:o,instructions:n,loads:[...t.keys()].map(s=>e.loads[s])}}function I(e){switch(e.kind){case"map":return[...e.loads];case"matmul":return[e.a,e.b,...e.bias?[e.bias]:[]];case"linear-scan":return[e.x,e.a];case"argmax":return[e.x];case"random-bits":return[e.state];default:return[e.x,e.index]}}function q(e){return e.kind!=="map"?[e.y]:[...e.stores.map(({view:r})=>r),...e.reductions.map(({store:r})=>r)]}function Kr(e){let{offsets:r}=C(e),t=n=>{let{kind:a}=e.buffers[n.buffer],o=a==="temporary"?r[n.buffer]/4:0;return{memory:a==="temporary"?-1:n.buffer,from:o+n.offset,to:o+U(n)}};return(n,a)=>{let[o,s]=[t(n),t(a)];return o.memory===s.memory&&o.from<=s.to&&s.from<=o.to}}var $e=`@compute @workgroup_size(64)
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
}`;var ve=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i >= parameters.count * parameters.width) { return; }
let row = clamp_index(load_index(i / parameters.width), parameters.rows);
store_y(i, load_x(row * parameters.width + i % parameters.width));
}`;var K=`fn clamp_index(index: i32, count: u32) -> u32 {
return u32(clamp(index, 0, i32(count) - 1));
}`;var xe=`fn multiply_high(a: u32, b: u32) -> u32 {
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
}`;var ke=`@compute @workgroup_size(64)
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
}`;var Pe=`@compute @workgroup_size(64)
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
}`;var Me=`@compute @workgroup_size(64)
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
}`;var Ge=`@compute @workgroup_size(64)
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
}`;var De=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.outer * parameters.count * parameters.inner) { return; }
let o = element / (parameters.count * parameters.inner);
let source = clamp_index(load_index(element), parameters.size);
store_y(element, load_x((o * parameters.size + source) * parameters.inner + element % parameters.inner));
}`;var Tr=64,V=({x:e,index:r,y:t},n)=>[x("x",e,n),x("index",r,"i32"),k("y",t,n)];function Be(e){switch(e.kind){case"gather-rows":{let{x:r,index:t,y:n}=e,a=h(r.shape.slice(1));return M(e.kind,h(n.shape),V(e,"u32"),{count:h(t.shape),width:a,rows:r.shape[0]},K+ve)}case"scatter-add-rows":{let{index:r,y:t}=e,n=h(t.shape.slice(1));return M(e.kind,h(t.shape),V(e,"f32"),{count:h(r.shape),width:n,rows:t.shape[0]},K+Ge)}case"take-along":{let{x:r,index:t,y:n}=e,[a,o,s]=r.shape;return M(e.kind,h(n.shape),V(e,"u32"),{outer:a,size:o,inner:s,count:t.shape[1]},K+De)}case"scatter-add-along":{let{index:r,y:t}=e,[n,a,o]=t.shape;return M(e.kind,h(t.shape),V(e,"f32"),{outer:n,size:a,inner:o,count:r.shape[1]},K+Me)}case"argmax":{let{x:r,y:t}=e,n=h(t.shape);return M(e.kind,n,[x("x",r,"f32"),k("y",t,"i32")],{rows:n,size:h(r.shape)/n},$e)}case"linear-scan":{let{x:r,a:t,y:n}=e,a=h(n.shape.slice(1));return M(e.kind,a,[x("x",r,"f32"),x("a",t,"f32"),k("y",n,"f32")],{steps:n.shape[0],width:a,reverse:Number(e.reverse)},ke)}case"random-bits":{let{state:r,y:t}=e,n=h(t.shape);return M(e.kind,Math.ceil(n/4),[x("state",r,"u32"),k("y",t,"u32")],{count:n,salt:e.salt>>>0},xe+Pe)}}}function M(e,r,t,n,a){let o=`${e} ${t.map(({name:u,view:i})=>`${u} [${i.shape.join(", ")}]`).join(", ")}`,s=t.reduce((u,{view:i})=>u+h(i.shape),0);return{label:o,operands:t,parameters:n,code:a,workgroups:Math.ceil(r/Tr),work:s}}var ze=`{{declare}}
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
}`;var Oe=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i < size) {
{{body}}
}
}`;function Ae(e,r){let{op:t,dtype:n,immediate:a}=e,[o,s,u]=e.args.map(i=>`v${i}`);switch(t){case"load":return n==="bool"?`${r.load(a)} != 0`:r.load(a);case"constant":return Hr(a,n);case"index":return`i32(${r.coordinate(a)})`;case"add":return`${o} + ${s}`;case"sub":return`${o} - ${s}`;case"mul":return`${o} * ${s}`;case"div":return`${o} / ${s}`;case"neg":return`-${o}`;case"abs":case"sqrt":case"floor":case"round":return`${t}(${o})`;case"min":return`select(${o}, ${s}, ${s} < ${o})`;case"max":return`select(${o}, ${s}, ${o} < ${s})`;case"select":return`select(${u}, ${s}, ${o})`;case"lt":return`${o} < ${s}`;case"le":return`${o} <= ${s}`;case"eq":return`${o} == ${s}`;case"and":return`${o} && ${s}`;case"or":return`${o} || ${s}`;case"not":return`!${o}`;case"bit-and":return`${o} & ${s}`;case"bit-or":return`${o} | ${s}`;case"bit-xor":return`${o} ^ ${s}`;case"shift-left":return`${o} << ${a}u`;case"shift-right":return`${o} >> ${a}u`;case"shift-right-unsigned":return`bitcast<i32>(bitcast<u32>(${o}) >> ${a}u)`;case"to-f32":return`f32(${o})`;case"to-i32":return`i32(${o})`;case"round-to-i32":return`i32(round(${o}))`;case"bitcast-f32":return`bitcast<f32>(${o})`;case"bitcast-i32":return`bitcast<i32>(${o})`;case"mask-to-f32":return`select(0f, 1f, ${o})`;case"mask-to-i32":return`select(0, 1, ${o})`}}function Hr(e,r){return r==="bool"?e?"true":"false":r==="i32"?`i32(${e|0})`:e===1/0?"infinity()":e===-1/0?"-infinity()":Number.isNaN(e)?"bitcast<f32>(parameters.infinity | 0x400000u)":`${Object.is(e,-0)?"-0":Math.fround(e)}f`}var Ee=64,Jr=32,Se=16,Qr=64,Xr=8;function J(e,r){let t=Yr(e);if(t.length===0)return[Ke(e)];let n=([u])=>Zr(Re(e,u,r)),[a]=e.stores.length===0?[]:t.filter(u=>n(u)<=Qr).sort((u,i)=>n(u)-n(i)),o=(u,i)=>et(e,u,i,r),s=t.filter(u=>u!==a).flatMap(u=>o(u,[]));return a?[...s,...o(a,e.stores)]:e.stores.length>0?[...s,Ke(e)]:s}function Yr({reductions:e}){let r=[];for(let t of e){let n=r.find(([a,...o])=>a.from===t.from&&a.to===t.to&&o.length+1<Xr);n?n.push(t):r.push([t])}return r}var Zr=({partSize:e,strands:r})=>Math.ceil(e/r);function Re({domain:e},{from:r,to:t},n){let a=r===0&&t<e.length,o=h(e.slice(r,t)),s=h(e)/o,u=(l,m)=>{let p=n==="gpu"&&o>2*Se*m&&m>1?Math.ceil(o/(Se*m)):1;return{keptSize:s,reducedSize:o,leading:a,columns:l,strands:m,parts:p,partSize:Math.ceil(o/p)}};if(o<=Jr)return u(Ee,1);if(!a)return u(1,o<=1024?64:256);let i=Math.min(16,Ue(s));return u(i,Math.min(256/i,Ue(o)))}function Ue(e){let r=1;for(;r<e;)r*=2;return r}function Ke(e){let r=h(e.domain),t=Q(e,e.stores,[]);return{label:`map [${e.domain.join(", ")}]: ${t.count} operations, ${e.stores.length} stores`,operands:t.operands,parameters:{},code:`const size = ${r}u;
${z(Oe,{body:O(t.body,4)})}`,workgroups:Math.ceil(r/Ee),work:r*t.count}}function et(e,r,t,n){let a=Re(e,r[0],n),{parts:o,keptSize:s}=a;if(o===1)return[Le(e,r,t,a)];let u=r.map((l,m)=>({...l,store:{...j([o*s]),offset:m*o*s}})),i=rt(e,r,u,o);return[Le(e,u,t,a),...J(i,n)]}function rt(e,r,t,n){let a=[n,...je(e,r[0])];return{kind:"map",domain:a,stores:[],loads:t.map(({store:o})=>({...o,shape:a,strides:P(a)})),instructions:t.map((o,s)=>({op:"load",args:[],dtype:"f32",immediate:s})),reductions:r.map((o,s)=>({...o,value:s,from:0,to:1}))}}function je({domain:e},{from:r,to:t}){return e.filter((n,a)=>a<r||a>=t)}function Le(e,r,t,n){let{keptSize:a,reducedSize:o,leading:s,columns:u,strands:i,parts:l,partSize:m}=n,f=Q(e,t,r),p=y=>r.map(y),b=p(({kind:y,value:_},D)=>`sum_${D} = ${We(y,`sum_${D}`,`v${_}`)};`),c=je(e,r[0]),d=i===1?{declare:[],fold:[]}:tt(r,u*i),g=Math.ceil(a/u),$={kept_size:a,kept_groups:g,reduced_size:o,part_size:m,columns:u,strands:i,threads:u*i},v=({store:y})=>l>1?"part * kept_size + kept":H(c,y.strides,"kept"),G=z(ze,{declare:O(d.declare,0),begin:O(p(({kind:y},_)=>`var sum_${_} = ${nt[y]};`),2),element:s?"reduced * kept_size + kept":"kept * reduced_size + reduced",body:O([...f.body,...b],6),fold:O(d.fold,2),end:O(p((y,_)=>`store_sum${_}(${v(y)}, sum_${_});`),4)});return{label:`map [${e.domain.join(", ")}]: ${f.count} operations, ${t.length} stores, ${r.map(({kind:y})=>y).join(", ")} over axes ${r[0].from}..${r[0].to-1}${l>1?` in ${l} parts`:""}`,operands:[...f.operands,...r.map(({store:y},_)=>k(`sum${_}`,y,"f32"))],parameters:{},code:Object.entries($).map(([y,_])=>`const ${y} = ${_}u;
`).join("")+G,workgroups:g*l,work:a*o*f.count}}function tt(e,r){let t=n=>e.map((a,o)=>n(o));return{declare:t(n=>`var<workgroup> partial_${n}: array<f32, ${r}>;`),fold:[...t(n=>`partial_${n}[lane] = sum_${n};`),"for (var width = strands; width > 1u;) {","  let next = max(1u, width / 16u);","  workgroupBarrier();","  if (strand < next) {","    for (var other = strand + next; other < width; other += next) {","      let at = other * columns + lane % columns;",...e.map(({kind:n},a)=>`      sum_${a} = ${We(n,`sum_${a}`,`partial_${a}[at]`)};`),"    }",...t(n=>`    partial_${n}[lane] = sum_${n};`),"  }","  width = next;","}"]}}var nt={sum:"0f",max:"-infinity()",min:"infinity()"};function We(e,r,t){return e==="sum"?`${r} + ${t}`:e==="max"?`select(${r}, ${t}, ${r} < ${t})`:`select(${r}, ${t}, ${t} < ${r})`}function Ce({map:e,load:r}){return Q(e,e.stores,[],r)}function Q(e,r,t,n){let{domain:a,loads:o,instructions:s}=e,u=ot(e,[...r,...t].map(({value:p})=>p)),i=new Set,l={load:p=>p===n?"value":(i.add(p),`load_in${p}(${H(a,o[p].strides,"i")})`),coordinate:p=>Ie(a,p,p,"i")},m=u.map(p=>`let v${p} = ${Ae(s[p],l)};`);r.forEach(({value:p,view:b},c)=>{let d=s[p].dtype==="bool"?`select(0, -1, v${p})`:`v${p}`;m.push(`store_out${c}(${H(a,b.strides,"i")}, ${d});`)});let f=[...[...i].sort((p,b)=>p-b).map(p=>{let b=o[p];return{name:`in${p}`,view:b,type:b.dtype,access:"load"}}),...r.map(({view:p},b)=>({name:`out${b}`,view:p,type:p.dtype,access:"store"}))];return{body:m,operands:f,count:u.length}}function ot({instructions:e},r){let t=new Set(r);for(let n=e.length-1;n>=0;n--)if(t.has(n))for(let a of e[n].args)t.add(a);return[...t].sort((n,a)=>n-a)}function H(e,r,t){let n=[...e.keys()].filter(o=>e[o]>1),a=[];for(let o=n.length-1;o>=0;o--){let s=r[n[o]];if(s===0)continue;let u=o;for(;u>0&&r[n[u-1]]===r[n[u]]*e[n[u]];)u--;let i=Ie(e,n[u],n[o],t);a.unshift(s===1?i:`${i} * ${s}u`),o=u}return a.join(" + ")||"0u"}function Ie(e,r,t,n){let a=P(e)[t],o=h(e.slice(r,t+1));if(o===1)return"0u";let s=a===1?n:`${n} / ${a}u`;return a*o===h(e)?s:`${s} % ${o}u`}function O(e,r){return e.join(`
${" ".repeat(r)}`)}var X=`struct Place {
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
}`;var Ve=`@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let place = locate(own_parameters(group), workgroup_number(group) * threads + lane, tile_rows, 4u);
if (place.y >= parameters.end) { return; }
let row = place.row;
let column = place.column;
let start = vec4<f32>(bias_at(place, column), bias_at(place, column + 1u),
bias_at(place, column + 2u), bias_at(place, column + 3u));
{{begin}}
for (var k = place.first; k < place.to; k++) {
let b = vec4<f32>(element_of_b(place, k, column), element_of_b(place, k, column + 1u),
element_of_b(place, k, column + 2u), element_of_b(place, k, column + 3u));
{{multiply}}
}
{{end}}
}
fn store_row(place: Place, row: u32, values: vec4<f32>) {
store_element(place, row, place.column, values.x);
store_element(place, row, place.column + 1u, values.y);
store_element(place, row, place.column + 2u, values.z);
store_element(place, row, place.column + 3u, values.w);
}`;var Fe=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.count) { return; }
let first = element / parameters.size * parameters.size * parameters.splits + element % parameters.size;
var sum = load_parts(first);
for (var split = 1u; split < parameters.splits; split++) {
sum = sum + load_parts(first + split * parameters.size);
}
finish(element, sum);
}`;var Te=`var<workgroup> a_tile: array<array<vec4<f32>, a_vectors + 1u>, steps>;
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
}`;var Ne=[{size:128,block:8,steps:8,enough:160},{size:64,block:4,steps:16,enough:96},{size:32,block:4,steps:16,enough:0}],ct=128,pt=128,lt=3,F=4,qe=64;function Je(e,r,t){if(r==="cpu")return[ft(e)];let{tile:n,parts:a}=Xe(e);return mt(e,n,a,Y(e,t))}function Qe(e,r){return r==="gpu"&&Xe(e).tile.block<8}function Xe({m:e,k:r,n:t,y:n}){let a=h(n.shape.slice(0,-2)),o=({size:p})=>Math.ceil(e/p)*Math.ceil(t/p)*a,s=({size:p})=>Math.min(e,t)>=.75*p,u=Ne.find(p=>p.enough>0&&s(p)&&o(p)>=p.enough);if(u)return{tile:u,parts:1};let[,i,l]=Ne,m=p=>{let b=Math.min(Math.ceil(ct/o(p)),Math.floor(r/pt));return b<lt?1:b},f=s(i)&&o(i)*m(i)>=i.enough?i:l;return{tile:f,parts:m(f)}}function Y(e,r,t=e.y){let{body:n,operands:a,count:o}=r?Ce(r):{body:[],operands:[],count:0},s=!r||r.storesResult,u=[...s?["store_y(i, value);"]:[],...n];return{label:r?`; ${o} operations, ${r.map.stores.length} stores`:"",code:`fn finish(i: u32, value: f32) {
  ${u.join(`
  `)}
}`,operands:[...s?[k("y",t,"f32")]:[],...a],operations:o}}function mt(e,r,t,n){if(t===1)return[He(e,r,1,e.k,n)];let{m:a,n:o,y:s}=e,u=Math.ceil(e.k/t/r.steps)*r.steps,i=Math.ceil(e.k/u),l=h(s.shape),m=j([i*l]);return[He(e,r,i,u,Y(e,void 0,m)),{label:`sum of ${i} parts [${s.shape.join(", ")}]${n.label}`,operands:[x("parts",m,"f32"),...n.operands],parameters:{count:l,size:a*o,splits:i},code:`${n.code}
${Fe}`,workgroups:Math.ceil(l/64),work:i*l}]}function He(e,r,t,n,a){let{m:o,k:s,n:u}=e,{size:i,block:l,steps:m}=r,f=i/l,p=f*f,b=i/4,c=o%i===0&&u%i===0&&s%n===0&&n%m===0,d={a_vectors:b,b_vectors:b,steps:m,threads:p,threads_across:f},g=Math.ceil(o/i)*Math.ceil(u/i)*h(e.y.shape.slice(0,-2));return{label:`${Ye(e)}; tiles of ${i}${t>1?`, k in ${t} parts`:""}${a.label}`,operands:Ze(e,a),parameters:er(e,t,n),code:[tr(d),`const exact = ${c};`,a.code,X,z(Te,dt(r,b,p,f))].join(`
`),workgroups:g*t,work:(s+a.operations)*h(e.y.shape)}}function dt({block:e,steps:r},t,n,a){let o=L(t*r/n),s=L(e/4),u=L(e),i=c=>c===0?"across":`across + ${c*a}u`,l=c=>c===0?"down":`down + ${c*a}u`,m=(c,d)=>{let g=`(lane + ${d*n}u)`;return[`let ${c}_vector_${d} = select(${g} % ${t}u, ${g} / steps, ${c}_along_k);`,`let ${c}_step_${d} = select(${g} / ${t}u, ${g} % steps, ${c}_along_k);`]},f=(c,d,g)=>`${c}_${d} = ${c}_vector(place, ${c}_vector_${d}, ${g} + ${c}_step_${d});`,p=["a","b"],b=c=>p.flatMap(d=>o.map(g=>c(d,g)));return{begin:[...s.map(c=>`let start_${c} = bias_vector(place, ${i(c)});`),...u.flatMap(c=>s.map(d=>`var sum_${c}_${d} = start_${d};`)),...p.flatMap(c=>o.flatMap(d=>m(c,d))),...b((c,d)=>`var ${f(c,d,"place.first")}`)].join(`
  `),place:b((c,d)=>`${c}_tile[${c}_step_${d}][${c}_vector_${d}] = ${c}_${d};`).join(`
    `),fetch:b((c,d)=>f(c,d,"next")).join(`
    `),multiply:L(r).map(c=>["{",...s.map(d=>`let a_${d} = a_tile[${c}][${l(d)}];`),...s.map(d=>`let b_${d} = b_tile[${c}][${i(d)}];`),...u.flatMap(d=>s.map(g=>`sum_${d}_${g} = sum_${d}_${g} + a_${d>>2}.${"xyzw"[d&3]} * b_${g};`)),"}"].join(" ")).join(`
    `),end:u.flatMap(c=>s.map(d=>`store_vector(place, place.row + ${l(c>>2)} + ${(c&3)*t}u, ${i(d)}, sum_${c}_${d});`)).join(`
  `)}}function ft(e){let{m:r,n:t,y:n}=e,a=L(F),o=Math.ceil(r/F)*Math.ceil(t/4)*h(n.shape.slice(0,-2)),s=z(Ve,{begin:a.map(i=>`var sum_${i} = start;`).join(`
  `),multiply:a.map(i=>`sum_${i} = sum_${i} + element_of_a(place, row + ${i}u, k) * b;`).join(`
    `),end:a.map(i=>`store_row(place, row + ${i}u, sum_${i});`).join(`
  `)}),u=Y(e);return{label:Ye(e),operands:Ze(e,u),parameters:{...er(e,1,e.k),end:h(n.shape)},code:[tr({tile_rows:F,threads:qe}),`const exact = ${r%F===0&&t%4===0};`,u.code,X,s].join(`
`),workgroups:Math.ceil(o/qe),work:e.k*h(n.shape)}}function Ye({m:e,k:r,n:t,bias:n,transposeA:a,transposeB:o,...s}){return`matmul ${rr(s).map(({size:i})=>`${i} x `).join("")}[${e}, ${r}] [${r}, ${t}]${n?" + bias":""}${a?", a transposed":""}${o?", b transposed":""}`}function Ze({a:e,b:r,bias:t},n){return[x("a",e,"f32"),x("b",r,"f32"),x("bias",t??r,"f32"),...n.operands]}function er(e,r,t){let{m:n,k:a,n:o,a:s,b:u,bias:i}=e,l=rr(e),[m,f]=[l.length>1?l[0]:void 0,l[l.length-1]];return{rows:n,depth:a,columns:o,has_bias:+(i!==void 0),splits:r,part:t,a_row:s.strides.at(-2),a_column:s.strides.at(-1),b_row:u.strides.at(-2),b_column:u.strides.at(-1),a_transposed:Number(e.transposeA),b_transposed:Number(e.transposeB),batch_inner:f?.size??1,a_outer:m?.a??0,a_inner:f?.a??0,b_outer:m?.b??0,b_inner:f?.b??0}}function rr({a:e,b:r,y:t}){let n=t.shape.length,a=(s,u)=>{let i=u-n+s.shape.length;return i<0||s.shape[i]===1?0:s.strides[i]},o=t.shape.slice(0,-2).map((s,u)=>({size:s,a:a(e,u),b:a(r,u)})).filter(({size:s})=>s>1);return E(o.length<=2,`a matmul has at most two batch axes, got [${t.shape}]`),o}function tr(e){return Object.entries(e).map(([r,t])=>`const ${r} = ${t}u;`).join(`
`)}var L=e=>Array.from({length:e},(r,t)=>t);var bt=16<<20;function nr(e,r){let t=0;return _e(e,n=>Qe(n,r)).flatMap(n=>{let a=gt(n,r),o=W(a);t+o>bt&&(t=0);let s=a.map(u=>me(u,t));return t+=o,s})}function gt({kernel:e,epilogue:r},t){return e.kind==="map"?J(e,t):e.kind==="matmul"?Je(e,t,r):[Be(e)]}function Z(e,r,t){if(t===0)return"";let{kernels:n,arenaBytes:a,work:o}=e,s=new Map,u=r.map(({members:l,text:m,grid:f},p)=>{let b=s.get(m);b===void 0&&s.set(m,p);let c=l.map(g=>g.label).join(" | "),d=`${String(p).padStart(4)}  ${c}; ${f.join(" x ")} workgroups`+(b===void 0?"":`; pipeline of ${b}`);return t===2&&b===void 0?`${d}
${m}`:d});return[`${n.length} kernels, ${r.length} dispatches, ${s.size} pipelines, ${a} bytes of arena, ${o.multiplyAdds} multiply-adds, ${o.elements} elements of maps`,...u].join(`
`)}var or=new WeakMap,ht=4;function ar(e){let r=or.get(e);return r||or.set(e,r={layouts:new Map,pipelines:new Map}),r}function sr(e,r){return ir(e,r).bindings}function ir(e,r){let{layouts:t}=ar(e),n=t.get(r);if(!n){let a=`bregman ${r} pages`,o=e.createBindGroupLayout({label:a,entries:Array.from({length:r+1},(s,u)=>({binding:u,visibility:ht,buffer:u===0?{type:"uniform",hasDynamicOffset:!0}:{type:"storage"}}))});n={bindings:o,pipeline:e.createPipelineLayout({label:a,bindGroupLayouts:[o]})},t.set(r,n)}return n}function ur(e,r,t,n,a){let{pipelines:o}=ar(e),s=o.get(t);return s||(a(),s=yt(e,r,t,n),o.set(t,s),s.catch(()=>o.delete(t))),s}async function yt(e,r,t,n){let a=ir(e,n).pipeline;e.pushErrorScope("validation");let o=e.createShaderModule({label:`bregman ${r}`,code:t}),s={module:o,entryPoint:"main"},u=e.createComputePipelineAsync({label:`bregman ${r}`,layout:a,compute:s}).catch(b=>b),[i,l]=await Promise.all([u,e.popErrorScope()]);if(!l&&!(i instanceof Error))return i;let{messages:m}=await o.getCompilationInfo(),p=m.map(({lineNum:b,message:c})=>`line ${b}: ${c}`).join("; ")||l?.message||i.message;throw new w("internal",`internal: the kernel "${r}" does not compile: ${p}. Please report it.
${t}`)}var wt={gpu:2e8,cpu:2e5},_t=.02,cr=8,$t=72,pr=256;async function mr(e,r,t){let n=nr(r,e.adapter),a=xt(e,r,t,W(n));try{return await vt(e,r,n,a)}catch(o){throw a.free(),o}}async function vt(e,r,t,n){let{gpu:a,counters:o}=e,{buffers:s}=n,u=ye(t,e.adapter,c=>{let{block:d,byteOffset:g}=n.bufferOf(c);return{page:d.page,word:g/4}});u.forEach(Gt);let i=await Promise.all(u.map(({members:[c],text:d,pages:g})=>ur(a,c.label,d,g.length,()=>o.pipelines++)));e.check();let l=Dt(a,u.map(({members:c,grid:d})=>c.flatMap(g=>fe(g,d,$=>n.bufferOf($).byteOffset/4)))),m=Bt(a,l),f=u.map(({pages:c,grid:d,members:g},$)=>({pipeline:i[$],bindings:m(c),offset:[$*l.stride],grid:d,milliseconds:_t+g.reduce((v,{work:G})=>v+G,0)/wt[e.adapter]}));e.debug>0&&console.log(Z(r,u,e.debug));let p=!1,b=()=>{if(p)throw new w("disposed","webgpu: this program was disposed");e.check()};return{program:r,stepCount:f.length,buffer:c=>Pt(r,s,c),run(c=1){b(),lr(e,f,0,f.length,c)},runSteps(c,d){b(),E(0<=c&&c<=d&&d<=f.length,`steps ${c} to ${d} of ${f.length}`),lr(e,f,c,d,1)},describe:(c=1)=>Z(r,u,c),dispose(){p||(p=!0,l.buffer.destroy(),n.free())}}}function lr(e,r,t,n,a){let o=(n-t)*a;for(let s=0;s<o;){let u=s,i=e.gpu.createCommandEncoder({label:"bregman run"}),l=i.beginComputePass(),m,f=0;do{let p=r[t+s%(n-t)];p.pipeline!==m&&l.setPipeline(m=p.pipeline),l.setBindGroup(0,p.bindings,p.offset),l.dispatchWorkgroups(...p.grid),f+=p.milliseconds,s++}while(s<o&&f<e.submitMs);l.end(),e.gpu.queue.submit([i.finish()]),e.counters.submits++,e.counters.dispatches+=s-u}}function xt(e,r,t,n){let{heap:a}=e,o=[],s=({size:c,dtype:d})=>{let g=R(a,c,d);return o.push(g),g},u=r.buffers.map(c=>c.kind==="input"&&t[c.name]?kt(c,e.own(t[c.name])):void 0),{offsets:i,byteLength:l}=C(r),m=l>0?s({size:Math.ceil(l/4),dtype:"f32"}):void 0,f=r.buffers.map((c,d)=>c.kind!=="temporary"?u[d]??s(c):{...m,dtype:c.dtype,size:c.size,byteOffset:m.byteOffset+i[d]}),p=n>0?s({size:n,dtype:"f32"}):void 0;return{buffers:f,bufferOf:c=>c===S?p:f[c],free:()=>o.forEach(({block:c})=>a.free(c))}}function kt({name:e,dtype:r,size:t},n){if(n.dtype===r&&n.size>=t)return n;throw new w("invalid-shape",`load: input "${e}" needs ${r} [${t}], the bound buffer is ${n.dtype} [${n.size}]`)}function Pt({inputs:e,outputs:r},t,n){let a=e.get(n);if(a!==void 0)return t[a];let o=r.get(n);if(o)return Mt(t[o.buffer],o);let s=[...e.keys(),...r.keys()];throw new w("not-found",`the program has no buffer "${n}"; it has ${s.join(", ")}`)}function Mt(e,{offset:r,shape:t,dtype:n}){return{...e,dtype:n,size:h(t),byteOffset:e.byteOffset+4*r}}function Gt({members:[e],pages:r}){if(!(r.length<=cr))throw new w("invalid-shape",`webgpu: the kernel "${e.label}" reads and writes ${r.length} large pieces of GPU memory, but a kernel can bind ${cr}; use smaller tensors, fewer in one expression, or device "wasm"`)}function Dt(e,r){let t=Math.max(1,...r.map(s=>s.length)),n=Math.ceil(4*t/pr)*pr,a=new Uint32Array(Math.max(1,r.length)*n/4);r.forEach((s,u)=>a.set(s,u*n/4));let o=e.createBuffer({label:"bregman parameters",size:a.byteLength,usage:$t});return e.queue.writeBuffer(o,0,a),{buffer:o,stride:n}}function Bt(e,{buffer:r,stride:t}){let n=[];return a=>{let o=n.find(u=>u.pages.length===a.length&&u.pages.every((i,l)=>i===a[l]));if(o)return o.group;let s=e.createBindGroup({label:"bregman",layout:sr(e,a.length),entries:[{binding:0,resource:{buffer:r,size:t}},...a.map((u,i)=>({binding:i+1,resource:{buffer:u.buffer}}))]});return n.push({pages:a,group:s}),s}}var zt=9,Ot=1,At=256,St=100;function dr(e){let{gpu:r}=e,t=new Map,n=new Set,a=s=>{let u=t.get(s)?.pop();if(u)return u;let i=r.createBuffer({label:"bregman read-back",size:s,usage:zt});return n.add(i),i},o=(s,u)=>{let i=t.get(s);i?i.push(u):t.set(s,[u])};return{async read(s,u,i){if(i===0)return new ArrayBuffer(0);let l=At;for(;l<i;)l*=2;let m=a(l),f=r.createCommandEncoder({label:"bregman read"});f.copyBufferToBuffer(s,u,m,0,i),r.queue.submit([f.finish()]);let p;try{await m.mapAsync(Ot,0,i),p=m.getMappedRange(0,i).slice(0),m.unmap()}catch(b){throw await Promise.race([r.lost,new Promise(c=>setTimeout(c,St))]),e.check(),new w("internal",`internal: reading from the GPU failed: ${String(b)}`)}return o(l,m),e.check(),p},dispose(){for(let s of n)s.destroy();n.clear()}}}async function Ut(e={}){let r=e.device?ne(e.device):await te(e.adapter),{gpu:t,description:n,software:a,owned:o}=r,s=ce(t,e.pageBytes),u={submits:0,dispatches:0,pipelines:0},i=Kt(t,o),l=!1,m={gpu:t,heap:s,counters:u,adapter:e.kernels??(a?"cpu":"gpu"),debug:e.debug??0,submitMs:e.submitMs??200,check(){if(l)throw new w("disposed","webgpu: this device was disposed");i.check()},own(p){if(p.heap===s)return p;throw new w("invalid-option","webgpu: the buffer belongs to another device")}},f=dr(m);return{kind:"webgpu",gpu:t,software:a,counters:u,description:`webgpu on ${n}${a?" (a software rasterizer)":""}`,byteLength:()=>s.byteLength(),allocate(p,b){return m.check(),R(s,p,b)},write(p,b,c=0){m.check();let{block:d,byteOffset:g,size:$,dtype:v}=m.own(p);if(fr("write",c,b.length,$),v==="f32"!=b instanceof Float32Array){let G=v==="f32"?"Float32Array":"Int32Array";throw new w("invalid-dtype",`webgpu: a buffer of ${v} takes ${G}`)}t.queue.writeBuffer(d.page.buffer,g+4*c,b)},async read(p,b=p.size){m.check();let{block:c,byteOffset:d,size:g,dtype:$}=m.own(p);fr("read",0,b,g);let v=await f.read(c.page.buffer,d,4*b);return $==="f32"?new Float32Array(v):new Int32Array(v)},load(p,b={}){return m.check(),mr(m,p,b)},dispose(){l||(l=!0,i.stop(),f.dispose(),s.dispose(),o&&t.destroy())}}}function fr(e,r,t,n){if(!(Number.isInteger(r)&&Number.isInteger(t)&&r>=0&&t>=0&&r+t<=n))throw new w("invalid-shape",`webgpu: ${e} of ${t} elements at ${r}, but the buffer has ${n}`)}function Kt(e,r){let t,n,a=o=>{let{message:s}=o.error;!r&&!s.includes("bregman")||(o.preventDefault(),n??=s)};return e.addEventListener("uncapturederror",a),e.lost.then(({reason:o,message:s})=>{t=s||o||"no reason given"}),{check(){if(t!==void 0)throw new w("device-lost",`webgpu: the GPU device was lost: ${t}`);if(n===void 0)return;let o=n;throw n=void 0,new w("internal",`internal: the GPU refused a command: ${o}. Please report it.`)},stop:()=>e.removeEventListener("uncapturederror",a)}}export{Ut as createWebGpuDevice,re as findAdapter};
