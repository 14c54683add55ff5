// An issuer for tests: prints its address, and takes a new key for each line that it reads.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

// Standard output is for the test.
console.info = console.error;
const groups = ['dev', 'ops'];
const server = createServer((request, response) => answer(request, response));
let answer;
let keys = [];

function start(issuer, algorithm) {
  const pair = algorithm === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...pair.privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: algorithm, use: 'sig' };
  keys = [key, ...keys];
  const provider = new Provider(issuer, {
    jwks: { keys },
    clients: [
      {
        client_id: 'berth',
        client_secret: 'secret',
        redirect_uris: ['https://client.test/done', 'https://client.test/sign-in/callback'],
        id_token_signed_response_alg: algorithm,
      },
      {
        client_id: 'machine',
        client_secret: 'secret',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
    ],
    claims: { openid: ['sub', 'preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    cookies: { keys: ['test'] },
    findAccount: (context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups }),
    }),
    async loadExistingGrant(context) {
      const { client, session } = context.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    extraTokenClaims: (context, token) => ({ preferred_username: token.clientId, groups }),
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'pull',
          audience: 'berth',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
  });
  answer = provider.callback();
}

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  start(issuer, 'RS256');
  console.log(`issuer ${issuer}`);
  createInterface({ input: process.stdin })
    .on('line', (algorithm) => {
      start(issuer, algorithm);
      console.log('rotated');
    })
    .on('close', () => process.exit());
});
