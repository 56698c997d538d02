/* @__NO_SIDE_EFFECTS__ */function $p(make){return make()}var We=class extends Error{name="BregmanError";code;constructor(e,t,n={}){super(t),this.code=e,Object.assign(this,n)}};function T(e,t){if(!e)throw new We("internal",`internal: ${t}. This is a fault in bregman; please report it.`)}import{BregmanError as $}from"./index.js";var W;async function ee(){const t=await(await Xe()).requestAdapter({powerPreference:"high-performance"}).catch(n=>{throw P(`the request for an adapter failed: ${R(n)}`)});if(!t)throw P(se()?'no adapter; install a Vulkan driver for this GPU (or point VK_ICD_FILENAMES at one), or use device "wasm"':'the browser has no adapter: its GPU driver is missing or blocked, or hardware acceleration is off (on Linux, Chromium may want --enable-unsafe-webgpu); or use device "wasm"');return{adapter:t,description:ne(t.info),software:te(t.info,t)}}var Re=["maxStorageBufferBindingSize","maxBufferSize","maxComputeWorkgroupStorageSize"],He=["subgroups"];async function Ve(e){const{adapter:t,description:n,software:r}=e??await ee();return{gpu:await t.requestDevice({label:"bregman",requiredLimits:Object.fromEntries(Re.map(s=>[s,t.limits[s]])),requiredFeatures:He.filter(s=>t.features.has(s))}).catch(s=>{throw P(`the adapter (${n}) gave no device: ${R(s)}`)}),description:n,software:r,owned:!0}}function Ke(e){const t=e.adapterInfo;return t?{gpu:e,description:ne(t),software:te(t),owned:!1}:{gpu:e,description:"the page's GPUDevice",software:!1,owned:!1}}var Je=["swiftshader","llvmpipe","lavapipe","software","basic render"];function te(e,t){const n=[e,t].some(a=>a?.isFallbackAdapter===!0),r=`${e.vendor} ${e.architecture} ${e.device} ${e.description}`.toLowerCase();return n||Je.some(a=>r.includes(a))}function ne({vendor:e,architecture:t,device:n,description:r}){return[e,t,r||n].filter(s=>s&&!/^\d+$/.test(s)).join(" ")||"an adapter without a name"}function Qe(){return(re()??W)?.wgslLanguageFeatures}function re(){return globalThis.navigator?.gpu}async function Xe(){const e=re();if(e)return e;if(globalThis.isSecureContext===!1){const t=globalThis.location?.origin??"this page";throw P(`${t} is not a secure context, and browsers offer WebGPU only there; serve the page over https or from localhost, or use device "wasm"`)}if(!se())throw P('this browser has no WebGPU (navigator.gpu is missing); update it, or use device "wasm"');return W??=await Ye(),W}async function Ye(){const e="webgpu";try{const{create:t}=await import(e);return t([])}catch(t){throw P(`Node needs the optional package: npm install webgpu (${R(t)})`)}}function se(){return globalThis.process?.versions?.node!==void 0&&!("Deno"in globalThis)}function P(e){return new $("webgpu-unavailable",`webgpu is not available: ${e}`)}function R(e){return e instanceof Error?e.message.split(`
`)[0]:String(e)}function Ze({limits:e,features:t},n,r){return{kind:n,workgroupBytes:e.maxComputeWorkgroupStorageSize,subgroups:t.has("subgroups")&&r?.has("subgroup_id")===!0}}function H(e,t,n,r=!1){if(!Number.isInteger(t)||t<1)throw new $("invalid-shape",`webgpu: a buffer needs at least one element, got ${t}`);const a=e.allocate(4*(r?Math.ceil(t/2):t));return{dtype:n,size:t,heap:e,block:a,byteOffset:a.offset,halves:r}}var et=65520;function tt(e){const t=new Uint32Array(Math.ceil(e.length/2)),n=new Uint16Array(t.buffer);return e.forEach((r,a)=>{if(!(Math.abs(r)<et))throw new $("numerical-failure",`float16: number ${a} is ${r}; halves reach to 65504 on either side; use float32`);n[a]=nt(r)}),t}var N=$p(()=>new Float32Array(1)),ae=$p(()=>new Uint32Array(N.buffer));function nt(e){N[0]=Math.abs(e);const t=e<0||Object.is(e,-0)?32768:0;if(N[0]<2/32768)return N[0]+=.5,t|ae[0]-1056964608;const n=ae[0];return t|n+4095+(n>>>13&1)-939524096>>>13}var L=256,rt=64<<20,st=140;function at(e,t=4<<20){const n=[],r=Math.min(e.limits.maxStorageBufferBindingSize,e.limits.maxBufferSize),a=s=>{const i={buffer:e.createBuffer({label:`bregman page ${n.length}`,size:s,usage:st}),byteLength:s,free:[{offset:0,byteLength:s}],touched:0};return n.push(i),i};return{allocate(s){const o=Math.max(L,Math.ceil(s/L)*L);if(o>r)throw new $("invalid-shape",`webgpu: ${s} bytes in one piece, but this GPU binds at most ${r}`);for(const p of n){const d=oe(p,o);if(d)return ie(e,d)}const i=Math.min(rt,Math.floor(r/L)*L),u=Math.min(t*2**n.length,i),f=oe(a(Math.max(u,o)),o);return ie(e,f)},free({page:s,offset:o,byteLength:i}){const u=[...s.free,{offset:o,byteLength:i}].sort((f,p)=>f.offset-p.offset);s.free=[];for(const f of u){const p=s.free[s.free.length-1];p&&p.offset+p.byteLength===f.offset?p.byteLength+=f.byteLength:s.free.push({...f})}},byteLength:()=>n.reduce((s,o)=>s+o.byteLength,0),dispose(){for(const s of n.splice(0))s.buffer.destroy()}}}function oe(e,t){const n=e.free.find(a=>a.byteLength>=t);if(!n)return;const r={page:e,offset:n.offset,byteLength:t};return n.offset+=t,n.byteLength-=t,e.free=e.free.filter(a=>a.byteLength>0),r}function ie(e,t){const{page:n,offset:r,byteLength:a}=t,s=Math.min(r+a,n.touched)-r;if(n.touched=Math.max(n.touched,r+a),s>0){const o=e.createCommandEncoder({label:"bregman clear"});o.clearBuffer(n.buffer,r,s),e.queue.submit([o.finish()])}return t}function g(e){return e.reduce((t,n)=>t*n,1)}function A(e){const t=new Array(e.length);let n=1;for(let r=e.length-1;r>=0;r--)t[r]=n,n*=e[r];return t}var ot=`fn infinity() -> f32 {
return bitcast<f32>(parameters.infinity);
}`,it=`fn workgroup_number(group: vec3<u32>) -> u32 {
return group.y * own_parameters(group).groups_x + group.x;
}`,x=(e,t,n)=>({name:e,view:t,type:n,access:"load"}),j=(e,t,n)=>({name:e,view:t,type:n,access:"store"}),U=-1;function ue(e){return{buffer:U,offset:0,shape:e,strides:A(e),dtype:"f32"}}function ce(e){const t=e.flatMap(({operands:n})=>n.map(({view:r})=>r));return Math.max(0,...t.filter(({buffer:n})=>n===U).map(n=>V(n)+1))}function ut(e,t){const n=r=>r.buffer===U?{...r,offset:r.offset+t}:r;return{...e,operands:e.operands.map(r=>({...r,view:n(r.view)}))}}function V({offset:e,shape:t,strides:n}){return t.reduce((r,a,s)=>r+(a-1)*n[s],e)}var ct=2139095040,lt=65535;function ft(e){const t=Math.max(...e.map(r=>r.workgroups)),n=Math.ceil(t/lt);return[Math.ceil(t/n),n,e.length]}function pt(e,t,n){const r=e.operands.map(({view:s,type:o})=>(o==="f16"?2:1)*n(s.buffer)+s.offset),a=[ct,t[0],e.workgroups,...r,...Object.values(e.parameters)];return[...a,...le(a.length)]}var le=e=>new Array(-e&3).fill(0);function dt(e,t,n=1){const{operands:r,parameters:a,code:s,extension:o}=e,i=Math.max(...r.map(({view:c})=>t(c.buffer)))+1,u=["infinity","groups_x","workgroups",...r.map(({name:c})=>`at_${c}`),...Object.keys(a)],f=[...u,...le(u.length).map((c,m)=>`padding_${m}`)],p=[...o?[`enable ${o};`]:[],`struct Parameters { ${f.map(c=>`${c}: u32`).join(", ")} }`,...mt(n),...Array.from({length:i},(c,m)=>`@group(0) @binding(${m+1}) var<storage, read_write> page_${m}: array<u32>;`),...r.map(c=>ht(c,`page_${t(c.view.buffer)}`))],d=n===1?s:s.replace(/fn main\([^{]*\{/,`$&
  parameters = own_parameters(group);`);return[...p,it,ot,d].join(`
`)}function mt(e){const t=n=>`fn own_parameters(group: vec3<u32>) -> Parameters { return ${n}; }`;return e===1?["@group(0) @binding(0) var<uniform> parameters: Parameters;",t("parameters")]:[`@group(0) @binding(0) var<uniform> launch: array<Parameters, ${e}>;`,"var<private> parameters: Parameters;",t("launch[group.z]")]}function ht({name:e,type:t,access:n},r){if(t==="f16")return`fn load_${e}(i: u32) -> f32 { let at = parameters.at_${e} + i; return unpack2x16float(${r}[at >> 1u])[at & 1u]; }`;const a=`${r}[parameters.at_${e} + i]`;return n==="load"?`fn load_${e}(i: u32) -> ${t} { return ${t==="u32"?a:`bitcast<${t}>(${a})`}; }`:`fn store_${e}(i: u32, value: ${t}) { ${a} = ${t==="u32"?"value":"bitcast<u32>(value)"}; }`}function I(e,t){return e.replace(/\{\{(\w+)\}\}/g,(n,r)=>t[r]??"")}var bt=8;function fe(e,t,n){const r=new Map,a=u=>(r.has(u)||r.set(u,r.size),r.get(u)),s=e.map(({operands:u})=>[...new Set(u.map(({view:f})=>n(f.buffer).page))]),o=(u,f)=>dt(e[u],p=>s[u].indexOf(n(p).page),f);return(t.kind==="cpu"?e.map((u,f)=>[f]):gt(e.map((u,f)=>`${s[f].map(a)} ${o(f,1)}`),e.map(u=>_t(u,n)))).map(u=>{const f=u.map(p=>e[p]);return{members:f,text:o(u[0],f.length),grid:ft(f),pages:s[u[0]]}})}function _t({operands:e},t){return e.map(({view:n,type:r,access:a})=>{const{page:s,word:o}=t(n.buffer),i=r==="f16"?n.offset>>1:n.offset;return{page:s,from:o+i,to:o+V(n),writes:a==="store"}})}function gt(e,t){let n=wt(e,t);const r=[];for(;n.length>0;){const a=n.filter(({before:u})=>u.size===0),s=new Set(n.filter(({before:u})=>u.size>0).map(({key:u})=>u)),{key:o}=a.find(u=>!s.has(u.key))??a.reduce((u,f)=>f.height>u.height?f:u),i=a.filter(u=>u.key===o).slice(0,bt).map(({number:u})=>u);r.push(i),n=n.filter(({number:u})=>!i.includes(u));for(const{before:u}of n)for(const f of i)u.delete(f)}return r}function wt(e,t){const n=e.map((a,s)=>{const o=[...e.keys()].slice(0,s);return new Set(o.filter(i=>t[s].some(u=>t[i].some(f=>$t(u,f)))))}),r=e.map(()=>0);for(let a=e.length-1;a>=0;a--)for(const s of n[a])r[s]=Math.max(r[s],1+r[a]);return e.map((a,s)=>({number:s,key:a,before:n[s],height:r[s]}))}function $t(e,t){return(e.writes||t.writes)&&e.page===t.page&&e.from<=t.to&&t.from<=e.to}var vt=128<<20,pe=64;function K({buffers:e,arenaBytes:t}){let n=0;const r=e.map(({kind:a,size:s})=>{const o=n;return a==="temporary"&&(n+=Math.ceil(4*s/pe)*pe),o});return n<=Math.max(t,vt)?{offsets:r,byteLength:n}:{offsets:e.map(({arenaOffset:a})=>a),byteLength:t}}function E(e){switch(e.kind){case"map":return[...e.loads];case"matmul":return[e.a,e.b,...e.bias?[e.bias]:[]];case"linear-scan":return[e.x,e.a];case"argmax":return[e.x];case"random-bits":return[e.state];default:return[e.x,e.index]}}function D(e){return e.kind!=="map"?[e.y]:[...e.stores.map(({view:t})=>t),...e.reductions.map(({store:t})=>t)]}function de(e){const{offsets:t}=K(e),n=r=>{const{kind:a}=e.buffers[r.buffer],s=a==="temporary"?t[r.buffer]/4:0;return{memory:a==="temporary"?-1:r.buffer,from:s+r.offset,to:s+V(r)}};return(r,a)=>{const[s,o]=[n(r),n(a)];return s.memory===o.memory&&s.from<=o.to&&o.from<=s.to}}function F(e){const[t,n]=[new Map,new Map],r=[],a=i=>{const u=t.get(i);if(u!==void 0)return u;const f=e.instructions[i],p=f.args.map(a);let{immediate:d}=f;return f.op==="load"&&(n.has(d)||n.set(d,n.size),d=n.get(d)),t.set(i,r.length),r.push({...f,args:p,immediate:d})-1},s=e.stores.map(({value:i,view:u})=>({value:a(i),view:u})),o=e.reductions.map(i=>({...i,value:a(i.value)}));return{...e,stores:s,reductions:o,instructions:r,loads:[...n.keys()].map(i=>e.loads[i])}}function yt(e){const t=de(e),n=new Set(e.kernels.flatMap(a=>a.kind==="matmul"?[a.y.buffer]:[])),r=(a,s)=>D(a).some(o=>[...E(s),...D(s)].some(i=>t(o,i)));return e.kernels.flatMap(a=>{if(a.kind!=="map"||!a.loads.some(({buffer:c})=>n.has(c)))return[a];const s=kt(a);if(s.some(c=>s.some(m=>c!==m&&r(c,m))))return[a];const o=s.map(xt),i=s.filter(({loads:c},m)=>o.indexOf(o[m])!==o.lastIndexOf(o[m])&&c.some(({buffer:l})=>n.has(l))),u=c=>i.some(({stores:m,reductions:l})=>[...m,...l].some(h=>J(h)===c)),f=a.stores.filter(c=>!u(J(c))),p=a.reductions.filter(c=>!u(J(c))),d=f.length+p.length>0?[F({...a,stores:f,reductions:p})]:[];return[...i,...d]})}var J=e=>"view"in e?e.view:e.store;function kt(e){const{instructions:t,loads:n}=e,r=({op:i,immediate:u})=>i==="constant"||i==="index"||i==="load"&&n[u].strides.every(f=>f===0),a=i=>{const u=new Set([i]);for(const f of u)for(const p of t[f].args)u.add(p);return new Set([...u].filter(f=>!r(t[f])))},s=[...e.stores.map(i=>({value:i.value,stores:[i],reductions:[]})),...e.reductions.map(i=>({value:i.value,stores:[],reductions:[i]}))];let o=[];for(const{value:i,stores:u,reductions:f}of s){const p=a(i),d=m=>[...m.values].some(l=>p.has(l)),c=o.filter(d);o=[...o.filter(m=>!c.includes(m)),{values:new Set([...c.flatMap(m=>[...m.values]),...p]),stores:[...c.flatMap(m=>m.stores),...u],reductions:[...c.flatMap(m=>m.reductions),...f]}]}return o.map(({stores:i,reductions:u})=>F({...e,stores:i,reductions:u}))}function xt({domain:e,loads:t,instructions:n,stores:r,reductions:a}){const s=({shape:o,strides:i,dtype:u})=>({shape:o,strides:i,dtype:u});return JSON.stringify([e,n,t.map(s),r.map(({value:o,view:i})=>[o,s(i)]),a.map(({store:o,...i})=>[i,s(o)])])}var Mt=96;function zt(e,t,n){const r=[...e.kernels],a=new Map,s=de(e);return r.forEach((o,i)=>{if(o?.kind!=="matmul"||!t(o))return;const u=r.flatMap((_,y)=>_&&y!==i&&E(_).some(({buffer:O})=>O===o.y.buffer)?[y]:[]),f=u.find(_=>_>i),p=f===void 0?void 0:r[f];if(f===void 0||p?.kind!=="map"||e.buffers[o.y.buffer].kind!=="temporary")return;const d=n||p.reductions.length===0?Ot(p,o.y):void 0;if(!d)return;const{part:c,load:m,rest:l}=d,h=r.slice(i+1,f).filter(_=>_!==void 0),b=c.stores.map(({view:_})=>_),w=c.loads.filter((_,y)=>y!==m),v=(_,y)=>_.some(O=>y.some(Te=>s(O,Te))),k=l?[...E(l).filter(_=>!b.includes(_)),...D(l)]:[],B=[o.y,...E(o),...k];!v(b,B)&&!h.some(_=>v(b,[...E(_),...D(_)])||v(w,D(_)))&&(r[f]=l,a.set(i,{map:c,load:m,storesResult:u.length>1}))}),r.flatMap((o,i)=>o?[{kernel:o,epilogue:a.get(i)}]:[])}function Ot(e,t){const{domain:n,loads:r,instructions:a,stores:s,reductions:o}=e,i=r.findIndex(({buffer:b})=>b===t.buffer);if(!(t.offset===0&&g(n)===g(t.shape)&&`${t.strides}`==`${A(t.shape)}`)||!(({buffer:b,offset:w,strides:v})=>b===t.buffer&&w===0&&`${v}`==`${A(n)}`)(r[i])||r.some((b,w)=>w!==i&&b.buffer===t.buffer))return;const p=me(a,i),d=s.filter(({value:b})=>p[b]),c=s.filter(({value:b})=>!p[b]),m=F({...e,stores:d,reductions:[]});if(d.length===0||m.instructions.length>Mt)return;const l=a.map((b,w)=>{const v=d.findIndex(({value:k})=>k===w);return v<0?b:{...b,op:"load",args:[],immediate:r.length+v}}),h=me(l,i);if(!o.some(({value:b})=>h[b]))return{part:m,load:m.loads.findIndex(({buffer:b})=>b===t.buffer),rest:c.length+o.length===0?void 0:F({...e,stores:c,instructions:l,loads:[...r,...d.map(({view:b})=>b)]})}}function me(e,t){const n=[];for(const{op:r,args:a,immediate:s}of e)n.push(r==="load"?s===t:a.some(o=>n[o]));return n}var Pt=`@compute @workgroup_size(64)
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
}`,jt=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i >= parameters.count * parameters.width) { return; }
let row = clamp_index(load_index(i / parameters.width), parameters.rows);
store_y(i, load_x(row * parameters.width + i % parameters.width));
}`,q=`fn clamp_index(index: i32, count: u32) -> u32 {
return u32(clamp(index, 0, i32(count) - 1));
}`,St=`fn multiply_high(a: u32, b: u32) -> u32 {
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
}`,Bt=`@compute @workgroup_size(64)
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
}`,Lt=`@compute @workgroup_size(64)
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
}`,At=`@compute @workgroup_size(64)
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
}`,Et=`@compute @workgroup_size(64)
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
}`,Dt=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.outer * parameters.count * parameters.inner) { return; }
let o = element / (parameters.count * parameters.inner);
let source = clamp_index(load_index(element), parameters.size);
store_y(element, load_x((o * parameters.size + source) * parameters.inner + element % parameters.inner));
}`,Gt=64,C=({x:e,index:t,y:n},r)=>[x("x",e,r),x("index",t,"i32"),j("y",n,r)];function Nt(e){switch(e.kind){case"gather-rows":{const{x:t,index:n,y:r}=e,a=g(t.shape.slice(1));return z(e.kind,g(r.shape),C(e,"u32"),{count:g(n.shape),width:a,rows:t.shape[0]},q+jt)}case"scatter-add-rows":{const{index:t,y:n}=e,r=g(n.shape.slice(1));return z(e.kind,g(n.shape),C(e,"f32"),{count:g(t.shape),width:r,rows:n.shape[0]},q+Et)}case"take-along":{const{x:t,index:n,y:r}=e,[a,s,o]=t.shape;return z(e.kind,g(r.shape),C(e,"u32"),{outer:a,size:s,inner:o,count:n.shape[1]},q+Dt)}case"scatter-add-along":{const{index:t,y:n}=e,[r,a,s]=n.shape;return z(e.kind,g(n.shape),C(e,"f32"),{outer:r,size:a,inner:s,count:t.shape[1]},q+At)}case"argmax":{const{x:t,y:n}=e,r=g(n.shape);return z(e.kind,r,[x("x",t,"f32"),j("y",n,"i32")],{rows:r,size:g(t.shape)/r},Pt)}case"linear-scan":{const{x:t,a:n,y:r}=e,a=g(r.shape.slice(1));return z(e.kind,a,[x("x",t,"f32"),x("a",n,"f32"),j("y",r,"f32")],{steps:r.shape[0],width:a,reverse:Number(e.reverse)},Bt)}case"random-bits":{const{state:t,y:n}=e,r=g(n.shape);return z(e.kind,Math.ceil(r/4),[x("state",t,"u32"),j("y",n,"u32")],{count:r,salt:e.salt>>>0},St+Lt)}}}function z(e,t,n,r,a){const s=`${e} ${n.map(({name:i,view:u})=>`${i} [${u.shape.join(", ")}]`).join(", ")}`,o=n.reduce((i,{view:u})=>i+g(u.shape),0);return{label:s,operands:n,parameters:r,code:a,workgroups:Math.ceil(t/Gt),work:o}}var Ut=`{{declare}}
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
}`,It=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let i = workgroup_number(group) * 64u + lane;
if (i < size) {
{{body}}
}
}`;function Ft(e,t){const{op:n,dtype:r,immediate:a}=e,[s,o,i]=e.args.map(u=>`v${u}`);switch(n){case"load":return r==="bool"?`${t.load(a)} != 0`:t.load(a);case"constant":return qt(a,r);case"index":return`i32(${t.coordinate(a)})`;case"carried":T(!1,"only the wasm device makes running values");case"add":return`${s} + ${o}`;case"sub":return`${s} - ${o}`;case"mul":return`${s} * ${o}`;case"div":return`${s} / ${o}`;case"neg":return`-${s}`;case"abs":case"sqrt":case"floor":case"round":return`${n}(${s})`;case"min":return`select(${s}, ${o}, ${o} < ${s})`;case"max":return`select(${s}, ${o}, ${s} < ${o})`;case"select":return`select(${i}, ${o}, ${s})`;case"lt":return`${s} < ${o}`;case"le":return`${s} <= ${o}`;case"eq":return`${s} == ${o}`;case"and":return`${s} && ${o}`;case"or":return`${s} || ${o}`;case"not":return`!${s}`;case"bit-and":return`${s} & ${o}`;case"bit-or":return`${s} | ${o}`;case"bit-xor":return`${s} ^ ${o}`;case"shift-left":return`${s} << ${a}u`;case"shift-right":return`${s} >> ${a}u`;case"shift-right-unsigned":return`bitcast<i32>(bitcast<u32>(${s}) >> ${a}u)`;case"to-f32":return`f32(${s})`;case"to-i32":return`i32(${s})`;case"round-to-i32":return`i32(round(${s}))`;case"bitcast-f32":return`bitcast<f32>(${s})`;case"bitcast-i32":return`bitcast<i32>(${s})`;case"mask-to-f32":return`select(0f, 1f, ${s})`;case"mask-to-i32":return`select(0, 1, ${s})`}}function qt(e,t){return t==="bool"?e?"true":"false":t==="i32"?`i32(${e|0})`:e===1/0?"infinity()":e===-1/0?"-infinity()":Number.isNaN(e)?"bitcast<f32>(parameters.infinity | 0x400000u)":`${Object.is(e,-0)?"-0":Math.fround(e)}f`}var he=64,Ct=32,be=16,Tt=64,Wt=8;function _e(e,t){const n=Rt(e);if(n.length===0)return[$e(e)];const r=([i])=>Ht(ge(e,i,t)),[a]=e.stores.length===0?[]:n.filter(i=>r(i)<=Tt).sort((i,u)=>r(i)-r(u)),s=(i,u)=>Vt(e,i,u,t),o=n.filter(i=>i!==a).flatMap(i=>s(i,[]));return a?[...o,...s(a,e.stores)]:e.stores.length>0?[...o,$e(e)]:o}function Rt({reductions:e}){const t=[];for(const n of e){const r=t.find(([a,...s])=>a.from===n.from&&a.to===n.to&&s.length+1<Wt);r?r.push(n):t.push([n])}return t}var Ht=({partSize:e,strands:t})=>Math.ceil(e/t);function ge({domain:e},{from:t,to:n},r){const a=t===0&&n<e.length,s=g(e.slice(t,n)),o=g(e)/s,i=(f,p)=>{const c=r.kind==="gpu"&&s>2*be*p&&p>1?Math.ceil(s/(be*p)):1;return{keptSize:o,reducedSize:s,leading:a,columns:f,strands:p,parts:c,partSize:Math.ceil(s/c)}};if(s<=Ct)return i(he,1);if(!a)return i(1,s<=1024?64:256);const u=Math.min(16,we(o));return i(u,Math.min(256/u,we(s)))}function we(e){let t=1;for(;t<e;)t*=2;return t}function $e(e){const t=g(e.domain),n=Q(e,e.stores,[]);return{label:`map [${e.domain.join(", ")}]: ${n.count} operations, ${e.stores.length} stores`,operands:n.operands,parameters:{},code:`const size = ${t}u;
${I(It,{body:S(n.body,4)})}`,workgroups:Math.ceil(t/he),work:t*n.count}}function Vt(e,t,n,r){const a=ge(e,t[0],r),{parts:s,keptSize:o}=a;if(s===1)return[ye(e,t,n,a,r)];const i=t.map((f,p)=>({...f,store:{...ue([s*o]),offset:p*s*o}})),u=Kt(e,t,i,s);return[ye(e,i,n,a,r),..._e(u,r)]}function Kt(e,t,n,r){const a=[r,...ve(e,t[0])];return{kind:"map",domain:a,stores:[],loads:n.map(({store:s})=>({...s,shape:a,strides:A(a)})),instructions:n.map((s,o)=>({op:"load",args:[],dtype:"f32",immediate:o})),reductions:t.map((s,o)=>({...s,value:o,from:0,to:1}))}}function ve({domain:e},{from:t,to:n}){return e.filter((r,a)=>a<t||a>=n)}function ye(e,t,n,r,{subgroups:a}){const{keptSize:s,reducedSize:o,leading:i,columns:u,strands:f,parts:p,partSize:d}=r,c=Q(e,n,t),m=_=>t.map(_),l=m(({kind:_,value:y},O)=>`sum_${O} = ${ke(_,`sum_${O}`,`v${y}`)};`),h=ve(e,t[0]),b=a&&u===1&&f>1&&t.every(({kind:_})=>_==="sum"),w=f===1?{declare:[],fold:[]}:b?Yt(t,f):Jt(t,u*f),v=Math.ceil(s/u),k={kept_size:s,kept_groups:v,reduced_size:o,part_size:d,columns:u,strands:f,threads:u*f},B=({store:_})=>p>1?"part * kept_size + kept":X(h,_.strides,"kept"),G=I(Ut,{declare:S(w.declare,0),builtins:b?Qt:"",begin:S(m(({kind:_},y)=>`var sum_${y} = ${Zt[_]};`),2),element:i?"reduced * kept_size + kept":"kept * reduced_size + reduced",body:S([...c.body,...l],6),fold:S(w.fold,2),end:S(m((_,y)=>`store_sum${y}(${B(_)}, sum_${y});`),4)});return{label:`map [${e.domain.join(", ")}]: ${c.count} operations, ${n.length} stores, ${t.map(({kind:_})=>_).join(", ")} over axes ${t[0].from}..${t[0].to-1}${p>1?` in ${p} parts`:""}${b?", in subgroups":""}`,operands:[...c.operands,...t.map(({store:_},y)=>j(`sum${y}`,_,"f32"))],parameters:{},code:Object.entries(k).map(([_,y])=>`const ${_} = ${y}u;
`).join("")+G,extension:b?"subgroups":void 0,workgroups:v*p,work:s*o*c.count}}function Jt(e,t){const n=r=>e.map((a,s)=>r(s));return{declare:n(r=>`var<workgroup> partial_${r}: array<f32, ${t}>;`),fold:[...n(r=>`partial_${r}[lane] = sum_${r};`),"for (var width = strands; width > 1u;) {","  let next = max(1u, width / 16u);","  workgroupBarrier();","  if (strand < next) {","    for (var other = strand + next; other < width; other += next) {","      let at = other * columns + lane % columns;",...e.map(({kind:r},a)=>`      sum_${a} = ${ke(r,`sum_${a}`,`partial_${a}[at]`)};`),"    }",...n(r=>`    partial_${r}[lane] = sum_${r};`),"  }","  width = next;","}"]}}var Qt=", @builtin(subgroup_invocation_id) place: u32, @builtin(subgroup_id) subgroup: u32, @builtin(num_subgroups) subgroups: u32",Xt=4;function Yt(e,t){const n=r=>e.map((a,s)=>r(s));return{declare:n(r=>`var<workgroup> partial_${r}: array<f32, ${t/Xt}>;`),fold:[...n(r=>`sum_${r} = subgroupAdd(sum_${r});`),"if (place == 0u) {",...n(r=>`  partial_${r}[subgroup] = sum_${r};`),"}","workgroupBarrier();",...n(r=>`sum_${r} = partial_${r}[0];`),"for (var other = 1u; lane == 0u && other < subgroups; other++) {",...n(r=>`  sum_${r} = sum_${r} + partial_${r}[other];`),"}"]}}var Zt={sum:"0f",max:"-infinity()",min:"infinity()"};function ke(e,t,n){return e==="sum"?`${t} + ${n}`:e==="max"?`select(${t}, ${n}, ${t} < ${n})`:`select(${t}, ${n}, ${n} < ${t})`}function en({map:e,load:t}){return Q(e,e.stores,[],t)}function Q(e,t,n,r){const{domain:a,loads:s,instructions:o}=e,i=tn(e,[...t,...n].map(({value:c})=>c)),u=new Set,f={load:c=>c===r?"value":(u.add(c),`load_in${c}(${X(a,s[c].strides,"i")})`),coordinate:c=>xe(a,c,c,"i")},p=i.map(c=>`let v${c} = ${Ft(o[c],f)};`);t.forEach(({value:c,view:m},l)=>{const h=o[c].dtype==="bool"?`select(0, -1, v${c})`:`v${c}`;p.push(`store_out${l}(${X(a,m.strides,"i")}, ${h});`)});const d=[...[...u].sort((c,m)=>c-m).map(c=>{const m=s[c];return{name:`in${c}`,view:m,type:m.dtype,access:"load"}}),...t.map(({view:c},m)=>({name:`out${m}`,view:c,type:c.dtype,access:"store"}))];return{body:p,operands:d,count:i.length}}function tn({instructions:e},t){const n=new Set(t);for(let r=e.length-1;r>=0;r--)if(n.has(r))for(const a of e[r].args)n.add(a);return[...n].sort((r,a)=>r-a)}function X(e,t,n){const r=[...e.keys()].filter(s=>e[s]>1),a=[];for(let s=r.length-1;s>=0;s--){const o=t[r[s]];if(o===0)continue;let i=s;for(;i>0&&t[r[i-1]]===t[r[i]]*e[r[i]];)i--;const u=xe(e,r[i],r[s],n);a.unshift(o===1?u:`${u} * ${o}u`),s=i}return a.join(" + ")||"0u"}function xe(e,t,n,r){const a=A(e)[n],s=g(e.slice(t,n+1));if(s===1)return"0u";const o=a===1?r:`${r} / ${a}u`;return a*s===g(e)?o:`${o} % ${s}u`}function S(e,t){return e.join(`
${" ".repeat(t)}`)}var Me=`struct Place {
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
}`,nn=`@compute @workgroup_size(threads)
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
}`,rn=`@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let element = workgroup_number(group) * 64u + lane;
if (element >= parameters.count) { return; }
let first = element / parameters.size * parameters.size * parameters.splits + element % parameters.size;
var sum = load_parts(first);
for (var split = 1u; split < parameters.splits; split++) {
sum = sum + load_parts(first + split * parameters.size);
}
finish(element, sum);
}`,sn=`var<workgroup> a_tile: array<array<vec4<f32>, a_vectors + 1u>, steps>;
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
}`,ze=[{size:128,block:8,steps:16,enough:160,wanted:0},{size:64,block:4,steps:16,enough:96,wanted:128},{size:32,block:4,steps:16,enough:0,wanted:256}],an=8,on=128,un=3,cn={rows:8,columns:8,threads:16};function ln(e,t,n){if(t.kind==="cpu")return[hn(e)];const{tile:r,parts:a}=Oe(e),s=pn(r)<=t.workgroupBytes?r.steps:an;return dn(e,{...r,steps:s},a,Y(e,n))}function fn(e,t){return t.kind==="gpu"&&Oe(e).tile.block<8}var pn=({size:e,steps:t})=>2*t*(4*e+16);function Oe({m:e,k:t,n,y:r}){const a=g(r.shape.slice(0,-2)),s=({size:c})=>Math.ceil(e/c)*Math.ceil(n/c)*a,o=({size:c})=>Math.min(e,n)>=.75*c,i=ze.find(c=>c.enough>0&&o(c)&&s(c)>=c.enough);if(i)return{tile:i,parts:1};const[,u,f]=ze,p=c=>{const m=Math.min(Math.ceil(c.wanted/s(c)),Math.floor(t/on));return m<un?1:m},d=o(u)&&s(u)*p(u)>=u.enough?u:f;return{tile:d,parts:p(d)}}function Y(e,t,n=e.y){const{body:r,operands:a,count:s}=t?en(t):{body:[],operands:[],count:0},o=!t||t.storesResult,i=[...o?["store_y(i, value);"]:[],...r];return{label:t?`; ${s} operations, ${t.map.stores.length} stores`:"",code:`fn finish(i: u32, value: f32) {
  ${i.join(`
  `)}
}`,operands:[...o?[j("y",n,"f32")]:[],...a],operations:s}}function dn(e,t,n,r){if(n===1)return[Pe(e,t,1,e.k,r)];const{m:a,n:s,y:o}=e,i=Math.ceil(e.k/n/t.steps)*t.steps,u=Math.ceil(e.k/i),f=g(o.shape),p=ue([u*f]);return[Pe(e,t,u,i,Y(e,void 0,p)),{label:`sum of ${u} parts [${o.shape.join(", ")}]${r.label}`,operands:[x("parts",p,"f32"),...r.operands],parameters:{count:f,size:a*s,splits:u},code:`${r.code}
${rn}`,workgroups:Math.ceil(f/64),work:u*f}]}function Pe(e,t,n,r,a){const{m:s,k:o,n:i}=e,{size:u,block:f,steps:p}=t,d=u/f,c=d*d,m=u/4,l=s%u===0&&i%u===0&&o%r===0&&r%p===0,h={a_vectors:m,b_vectors:m,steps:p,threads:c,threads_across:d},b=Math.ceil(s/u)*Math.ceil(i/u)*g(e.y.shape.slice(0,-2));return{label:`${je(e)}; tiles of ${u}${n>1?`, k in ${n} parts`:""}${a.label}`,operands:Se(e,a),parameters:Be(e,n,r),code:[Ae(h),`const exact = ${l};`,a.code,Me,I(sn,mn(t,m,c,d))].join(`
`),workgroups:b*n,work:(o+a.operations)*g(e.y.shape)}}function mn({block:e,steps:t},n,r,a){const s=M(n*t/r),o=M(e/4),i=M(e),u=l=>l===0?"across":`across + ${l*a}u`,f=l=>l===0?"down":`down + ${l*a}u`,p=(l,h)=>{const b=`(lane + ${h*r}u)`;return[`let ${l}_vector_${h} = select(${b} % ${n}u, ${b} / steps, ${l}_along_k);`,`let ${l}_step_${h} = select(${b} / ${n}u, ${b} % steps, ${l}_along_k);`]},d=(l,h,b)=>`${l}_${h} = ${l}_vector(place, ${l}_vector_${h}, ${b} + ${l}_step_${h});`,c=["a","b"],m=l=>c.flatMap(h=>s.map(b=>l(h,b)));return{begin:[...o.map(l=>`let start_${l} = bias_vector(place, ${u(l)});`),...i.flatMap(l=>o.map(h=>`var sum_${l}_${h} = start_${h};`)),...c.flatMap(l=>s.flatMap(h=>p(l,h))),...m((l,h)=>`var ${d(l,h,"place.first")}`)].join(`
  `),place:m((l,h)=>`${l}_tile[${l}_step_${h}][${l}_vector_${h}] = ${l}_${h};`).join(`
    `),fetch:m((l,h)=>d(l,h,"next")).join(`
    `),multiply:M(t).map(l=>["{",...o.map(h=>`let a_${h} = a_tile[${l}][${f(h)}];`),...o.map(h=>`let b_${h} = b_tile[${l}][${u(h)}];`),...i.flatMap(h=>o.map(b=>`sum_${h}_${b} = sum_${h}_${b} + a_${h>>2}.${"xyzw"[h&3]} * b_${b};`)),"}"].join(" ")).join(`
    `),end:i.flatMap(l=>o.map(h=>`store_vector(place, place.row + ${f(l>>2)} + ${(l&3)*n}u, ${u(h)}, sum_${l}_${h});`)).join(`
  `)}}function hn(e){const{m:t,n,y:r}=e,{rows:a,columns:s,threads:o}=cn,i=Math.ceil(t/a)*Math.ceil(n/s)*g(r.shape.slice(0,-2)),u=M(s/4),f=d=>M(a).flatMap(c=>u.map(m=>d(c,m))),p=Y(e);return{label:je(e),operands:Se(e,p),parameters:{...Be(e,1,e.k),end:g(r.shape)},code:[Ae({tile_rows:a,tile_columns:s,threads:o}),`const exact = ${t%a===0&&n%s===0};`,p.code,Me,I(nn,{begin:[...f((d,c)=>`var sum_${d}_${c} = bias_vector(place, place.column + ${4*c}u);`),...M(a).map(d=>`let a_at_${d} = a_begin(place, place.row + ${d}u);`),...M(s).map(d=>`let b_at_${d} = b_begin(place, place.column + ${d}u);`)].join(`
  `),multiply:[...u.map(d=>`let b_${d} = vec4<f32>(${M(4).map(c=>`load_b(b_at_${4*d+c} + b_k)`).join(", ")});`),...M(a).flatMap(d=>[`let a_${d} = load_a(a_at_${d} + a_k);`,...u.map(c=>`sum_${d}_${c} = sum_${d}_${c} + a_${d} * b_${c};`)])].join(`
    `),end:f((d,c)=>`store_vector(place, place.row + ${d}u, place.column + ${4*c}u, sum_${d}_${c});`).join(`
  `)})].join(`
`),workgroups:Math.ceil(i/o),work:e.k*g(r.shape)}}function je({m:e,k:t,n,bias:r,transposeA:a,transposeB:s,...o}){return`matmul ${Le(o).map(({size:u})=>`${u} x `).join("")}[${e}, ${t}] [${t}, ${n}]${r?" + bias":""}${a?", a transposed":""}${s?", b transposed":""}`}function Se({a:e,b:t,bias:n},r){return[x("a",e,"f32"),x("b",t,"f32"),x("bias",n??t,"f32"),...r.operands]}function Be(e,t,n){const{m:r,k:a,n:s,a:o,b:i,bias:u}=e,f=Le(e),[p,d]=[f.length>1?f[0]:void 0,f[f.length-1]];return{rows:r,depth:a,columns:s,has_bias:+(u!==void 0),splits:t,part:n,a_row:o.strides.at(-2),a_column:o.strides.at(-1),b_row:i.strides.at(-2),b_column:i.strides.at(-1),a_transposed:Number(e.transposeA),b_transposed:Number(e.transposeB),batch_inner:d?.size??1,a_outer:p?.a??0,a_inner:d?.a??0,b_outer:p?.b??0,b_inner:d?.b??0}}function Le({a:e,b:t,y:n}){const r=n.shape.length,a=(o,i)=>{const u=i-r+o.shape.length;return u<0||o.shape[u]===1?0:o.strides[u]},s=n.shape.slice(0,-2).map((o,i)=>({size:o,a:a(e,i),b:a(t,i)})).filter(({size:o})=>o>1);return T(s.length<=2,`a matmul has at most two batch axes, got [${n.shape}]`),s}function Ae(e){return Object.entries(e).map(([t,n])=>`const ${t} = ${n}u;`).join(`
`)}var M=e=>Array.from({length:e},(t,n)=>n),bn=16<<20;function _n(e,t){const n=Ee(e,t,!1);if(t.kind==="cpu")return n;const r=Ee({...e,kernels:yt(e)},t,!0),a=wn(e),s=o=>fe(o,t,a).length;return s(r)<=s(n)?r:n}function Ee(e,t,n){let r=0;return zt(e,a=>fn(a,t),n).flatMap(a=>{const s=gn(a,t),o=ce(s);r+o>bn&&(r=0);const i=s.map(u=>ut(u,r));return r+=o,i})}function gn({kernel:e,epilogue:t},n){return e.kind==="map"?_e(e,n):e.kind==="matmul"?ln(e,n,t):[Nt(e)]}function wn(e){const t={},{offsets:n,byteLength:r}=K(e);let a=r/4;const s=e.buffers.map(({kind:o,size:i},u)=>o==="temporary"?n[u]/4:(a+=i,a-i));return o=>({page:t,word:s[o]??a})}function De(e,t,n){if(n===0)return"";const{kernels:r,arenaBytes:a,work:s}=e,o=new Map,i=t.map(({members:f,text:p,grid:d},c)=>{const m=o.get(p);m===void 0&&o.set(p,c);const l=f.map(b=>b.label).join(" | "),h=`${String(c).padStart(4)}  ${l}; ${d.join(" x ")} workgroups`+(m===void 0?"":`; pipeline of ${m}`);return n===2&&m===void 0?`${h}
${p}`:h});return[`${r.length} kernels, ${t.length} dispatches, ${o.size} pipelines, ${a} bytes of arena, ${s.multiplyAdds} multiply-adds, ${s.elements} elements of maps`,...i].join(`
`)}var Ge=new WeakMap,$n=4;function Ne(e){let t=Ge.get(e);return t||Ge.set(e,t={layouts:new Map,pipelines:new Map}),t}function vn(e,t){return Ue(e,t).bindings}function Ue(e,t){const{layouts:n}=Ne(e);let r=n.get(t);if(!r){const a=`bregman ${t} pages`,s=e.createBindGroupLayout({label:a,entries:Array.from({length:t+1},(o,i)=>({binding:i,visibility:$n,buffer:i===0?{type:"uniform",hasDynamicOffset:!0}:{type:"storage"}}))});r={bindings:s,pipeline:e.createPipelineLayout({label:a,bindGroupLayouts:[s]})},n.set(t,r)}return r}function yn(e,t,n,r,a){const{pipelines:s}=Ne(e);let o=s.get(n);return o||(a(),o=kn(e,t,n,r),s.set(n,o),o.catch(()=>s.delete(n))),o}async function kn(e,t,n,r){const a=Ue(e,r).pipeline;e.pushErrorScope("validation");const s=e.createShaderModule({label:`bregman ${t}`,code:n}),o={module:s,entryPoint:"main"},i=e.createComputePipelineAsync({label:`bregman ${t}`,layout:a,compute:o}).catch(m=>m),[u,f]=await Promise.all([i,e.popErrorScope()]);if(!f&&!(u instanceof Error))return u;const{messages:p}=await s.getCompilationInfo(),c=p.map(({lineNum:m,message:l})=>`line ${m}: ${l}`).join("; ")||f?.message||u.message;throw new $("internal",`internal: the kernel "${t}" does not compile: ${c}. Please report it.
${n}`)}var xn={gpu:2e8,cpu:2e5},Mn=.02,Ie=8,zn=72,Fe=256;async function On(e,t,n){const r=_n(t,e.adapter),a=Sn(e,t,n,ce(r));try{const s=r.map(o=>jn(o,a.bufferOf));return await Pn(e,t,s,a)}catch(s){throw a.free(),s}}async function Pn(e,t,n,r){const{gpu:a,counters:s}=e,{buffers:o}=r,i=fe(n,e.adapter,l=>{const{block:h,byteOffset:b}=r.bufferOf(l);return{page:h.page,word:b/4}});i.forEach(En);const u=await Promise.all(i.map(({members:[l],text:h,pages:b})=>yn(a,l.label,h,b.length,()=>s.pipelines++)));e.check();const f=Dn(a,i.map(({members:l,grid:h})=>l.flatMap(b=>pt(b,h,w=>r.bufferOf(w).byteOffset/4)))),p=Gn(a,f),d=i.map(({pages:l,grid:h,members:b},w)=>({pipeline:u[w],bindings:p(l),offset:[w*f.stride],grid:h,milliseconds:Mn+b.reduce((v,{work:k})=>v+k,0)/xn[e.adapter.kind]}));e.debug>0&&console.log(De(t,i,e.debug));let c=!1;const m=()=>{if(c)throw new $("disposed","webgpu: this program was disposed");e.check()};return{program:t,stepCount:d.length,repeatFrom:0,buffer:l=>Ln(t,o,l),run(l=1){m(),qe(e,d,0,d.length,l)},runSteps(l,h){m(),T(0<=l&&l<=h&&h<=d.length,`steps ${l} to ${h} of ${d.length}`),qe(e,d,l,h,1)},describe:(l=1)=>De(t,i,l),dispose(){c||(c=!0,f.buffer.destroy(),r.free())}}}function qe(e,t,n,r,a){const s=(r-n)*a;for(let o=0;o<s;){const i=o,u=e.gpu.createCommandEncoder({label:"bregman run"}),f=u.beginComputePass();let p,d=0;do{const c=t[n+o%(r-n)];c.pipeline!==p&&f.setPipeline(p=c.pipeline),f.setBindGroup(0,c.bindings,c.offset),f.dispatchWorkgroups(...c.grid),d+=c.milliseconds,o++}while(o<s&&d<e.submitMs);f.end(),e.gpu.queue.submit([u.finish()]),e.counters.submits++,e.counters.dispatches+=o-i}}function jn(e,t){const n=e.operands.map(r=>{if(!t(r.view.buffer).halves)return r;if(r.type==="f32"&&r.access==="load")return{...r,type:"f16"};throw new $("invalid-dtype",`webgpu: "${e.label}" writes or copies ${r.name}, which is kept as float16 and can only be read`)});return{...e,operands:n}}function Sn(e,t,n,r){const{heap:a}=e,s=[],o=({size:l,dtype:h})=>{const b=H(a,l,h);return s.push(b),b},i=t.buffers.map(l=>l.kind==="input"&&n[l.name]?Bn(l,e.own(n[l.name])):void 0),{offsets:u,byteLength:f}=K(t),p=f>0?o({size:Math.ceil(f/4),dtype:"f32"}):void 0,d=t.buffers.map((l,h)=>l.kind!=="temporary"?i[h]??o(l):{...p,dtype:l.dtype,size:l.size,byteOffset:p.byteOffset+u[h]}),c=r>0?o({size:r,dtype:"f32"}):void 0;return{buffers:d,bufferOf:l=>l===U?c:d[l],free:()=>s.forEach(({block:l})=>a.free(l))}}function Bn({name:e,dtype:t,size:n},r){if(r.dtype===t&&r.size>=n)return r;throw new $("invalid-shape",`load: input "${e}" needs ${t} [${n}], the bound buffer is ${r.dtype} [${r.size}]`)}function Ln({inputs:e,outputs:t},n,r){const a=e.get(r);if(a!==void 0)return n[a];const s=t.get(r);if(s)return An(n[s.buffer],s);const o=[...e.keys(),...t.keys()];throw new $("not-found",`the program has no buffer "${r}"; it has ${o.join(", ")}`)}function An(e,{offset:t,shape:n,dtype:r}){return{...e,dtype:r,size:g(n),byteOffset:e.byteOffset+4*t}}function En({members:[e],pages:t}){if(!(t.length<=Ie))throw new $("invalid-shape",`webgpu: the kernel "${e.label}" reads and writes ${t.length} large pieces of GPU memory, but a kernel can bind ${Ie}; use smaller tensors, fewer in one expression, or device "wasm"`)}function Dn(e,t){const n=Math.max(1,...t.map(o=>o.length)),r=Math.ceil(4*n/Fe)*Fe,a=new Uint32Array(Math.max(1,t.length)*r/4);t.forEach((o,i)=>a.set(o,i*r/4));const s=e.createBuffer({label:"bregman parameters",size:a.byteLength,usage:zn});return e.queue.writeBuffer(s,0,a),{buffer:s,stride:r}}function Gn(e,{buffer:t,stride:n}){const r=[];return a=>{const s=r.find(i=>i.pages.length===a.length&&i.pages.every((u,f)=>u===a[f]));if(s)return s.group;const o=e.createBindGroup({label:"bregman",layout:vn(e,a.length),entries:[{binding:0,resource:{buffer:t,size:n}},...a.map((i,u)=>({binding:u+1,resource:{buffer:i.buffer}}))]});return r.push({pages:a,group:o}),o}}var Nn=9,Un=1,In=256,Fn=100;function qn(e){const{gpu:t}=e,n=new Map,r=new Set,a=o=>{const i=n.get(o)?.pop();if(i)return i;const u=t.createBuffer({label:"bregman read-back",size:o,usage:Nn});return r.add(u),u},s=(o,i)=>{const u=n.get(o);u?u.push(i):n.set(o,[i])};return{async read(o){if(o.some(({halves:l})=>l))throw new $("invalid-dtype","webgpu: a buffer of float16 can be read by programs alone");const i=o.reduce((l,{size:h})=>l+4*h,0);if(i===0)return o.map(({dtype:l})=>Ce(new ArrayBuffer(0),l));let u=In;for(;u<i;)u*=2;const f=a(u),p=t.createCommandEncoder({label:"bregman read"});let d=0;const c=o.map(({block:l,byteOffset:h,size:b})=>{const w=d;return p.copyBufferToBuffer(l.page.buffer,h,f,w,4*b),d+=4*b,w});t.queue.submit([p.finish()]);let m;try{await f.mapAsync(Un,0,i);const l=f.getMappedRange(0,i);m=o.map(({size:h,dtype:b},w)=>Ce(l.slice(c[w],c[w]+4*h),b)),f.unmap()}catch(l){throw await Promise.race([t.lost,new Promise(h=>setTimeout(h,Fn))]),e.check(),new $("internal",`internal: reading from the GPU failed: ${String(l)}`)}return s(u,f),e.check(),m},dispose(){for(const o of r)o.destroy();r.clear()}}}function Ce(e,t){return t==="f32"?new Float32Array(e):new Int32Array(e)}async function Cn(e={}){const t=e.device?Ke(e.device):await Ve(e.adapter),{gpu:n,description:r,software:a,owned:s}=t,o=at(n,e.pageBytes),i={submits:0,dispatches:0,pipelines:0},u=Tn(n,s);let f=!1;const p={gpu:n,heap:o,counters:i,adapter:Ze(n,e.kernels??(a?"cpu":"gpu"),Qe()),debug:e.debug??0,submitMs:e.submitMs??200,check(){if(f)throw new $("disposed","webgpu: this device was disposed");u.check()},own(c){if(c.heap===o)return c;throw new $("invalid-option","webgpu: the buffer belongs to another device")}},d=qn(p);return{kind:"webgpu",gpu:n,software:a,counters:i,description:`webgpu on ${r}${a?" (a software rasterizer)":""}`,byteLength:()=>o.byteLength(),allocate(c,m){return p.check(),H(o,c,m)},allocateHalves(c){return p.check(),H(o,c,"f32",!0)},write(c,m,l=0){p.check();const{block:h,byteOffset:b,size:w,dtype:v,halves:k}=p.own(c);if(Z("write",l,m.length,w),v==="f32"!=m instanceof Float32Array){const G=v==="f32"?"Float32Array":"Int32Array";throw new $("invalid-dtype",`webgpu: a buffer of ${v} takes ${G}`)}k&&Z("write of float16",l,w,m.length);const B=k?tt(m):m;n.queue.writeBuffer(h.page.buffer,b+4*l,B)},async read(c,m=c.size){p.check();const l=p.own(c);Z("read",0,m,l.size);const[h]=await d.read([{...l,size:m}]);return h},async readAll(c){return p.check(),await d.read(c.map(p.own))},load(c,m={}){return p.check(),On(p,c,m)},dispose(){f||(f=!0,u.stop(),d.dispose(),o.dispose(),s&&n.destroy())}}}function Z(e,t,n,r){if(!(Number.isInteger(t)&&Number.isInteger(n)&&t>=0&&n>=0&&t+n<=r))throw new $("invalid-shape",`webgpu: ${e} of ${n} elements at ${t}, but the buffer has ${r}`)}function Tn(e,t){let n,r;const a=s=>{const{message:o}=s.error;!t&&!o.includes("bregman")||(s.preventDefault(),r??=o)};return e.addEventListener("uncapturederror",a),e.lost.then(({reason:s,message:o})=>{n=o||s||"no reason given"}),{check(){if(n!==void 0)throw new $("device-lost",`webgpu: the GPU device was lost: ${n}`);if(r===void 0)return;const s=r;throw r=void 0,new $("internal",`internal: the GPU refused a command: ${s}. Please report it.`)},stop:()=>e.removeEventListener("uncapturederror",a)}}export{Cn as createWebGpuDevice,ee as findAdapter};
