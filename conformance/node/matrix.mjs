// Runs every case for every client at every provider, unary and streamed, and prints one line of JSON for each.
// FAIRLEAD_URL and FAIRLEAD_KEY say where the gateway is, FAIRLEAD_PROVIDERS which providers it has; the Java test
// SdkMatrixTest starts it, and makes a table of what this prints. FAIRLEAD_ONLY names the cases to run, and
// FAIRLEAD_CLIENTS how the names of clients begin.
import { messages } from './client-anthropic.mjs';
import { generateContent } from './client-google.mjs';
import { langchain } from './client-langchain.mjs';
import { chat, responses } from './client-openai.mjs';
import { vercel } from './client-vercel.mjs';
import { cases } from './cases.mjs';

const url = process.env.FAIRLEAD_URL;
const key = process.env.FAIRLEAD_KEY;
const only = process.env.FAIRLEAD_ONLY?.split(',');
const who = process.env.FAIRLEAD_CLIENTS;
const clients = [
  chat(url, key),
  responses(url, key),
  messages(url, key),
  generateContent(url, key),
  ...vercel(url, key),
  ...langchain(url, key),
].filter((client) => !who || client.name.startsWith(who));

/** What a provider's protocol has no word for. */
const providersLack = { ollama: { filter: 'Ollama has no word for a filter' } };

/** Why a case is not applicable; undefined if it is. */
function lack(client, provider, name, stream) {
  if (name === 'broken stream' && !stream) return 'there is no stream to break';
  if (stream && client.lacksStreamed?.[name]) return client.lacksStreamed[name];
  return client.lacks?.[name] ?? providersLack[provider]?.[name];
}

/** What the gateway says it can't do at this provider: the message of an error with the code unsupported_parameter. */
function refusal(error) {
  const body = error.data && JSON.stringify(error.data);
  const text = error.responseBody ?? body ?? error.message.replace(/^\d+ (?=\{)/, '');
  if (error.code === 'unsupported_parameter') return error.error.message;
  if (!text.includes('"unsupported_parameter"')) return undefined;
  return JSON.parse(text).error.message;
}

function outcome(error) {
  const refused = refusal(error);
  return refused
    ? { result: 'refused', reason: refused }
    : { result: 'failed', reason: `${error.name}: ${error.message} ${error.cause ?? ''}` };
}

async function run(client, provider, name, stream) {
  const reason = lack(client, provider, name, stream);
  if (reason) return { result: 'lacks', reason };
  try {
    await cases[name](client, `${provider}/m`, { stream });
    return { result: 'passed' };
  } catch (error) {
    return outcome(error);
  }
}

async function runAll(client) {
  for (const provider of process.env.FAIRLEAD_PROVIDERS.split(',')) {
    for (const name of Object.keys(cases)) {
      if (only && !only.includes(name)) continue;
      for (const stream of [false, true]) {
        const result = await run(client, provider, name, stream);
        process.stdout.write(`${JSON.stringify({ client: client.name, provider, case: name, stream, ...result })}\n`);
      }
    }
  }
}

await Promise.all(clients.map(runAll));
