// Microsoft's CloudAdapter, loaded when the channel is on: with its packages it takes most of a second.
import type { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { Reference } from './activity.ts'
import { createTokenSource } from './credentials.ts'
import { failed, NotDelivered } from './outcome.ts'
import type { Said } from './render.ts'
import { singleAttempts } from './transport.ts'
import { type Claimed, type Verdict, verify } from './verify.ts'

/** Where Microsoft's services are. */
export type Endpoints = {
  /** Before the tenant. */
  loginUrl: string
  scope: string
  /** Who signs what reaches us, and where the keys are published. */
  issuer: string
  openIdMetadataUrl: string
}

/** Of the public cloud: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
export const MICROSOFT: Endpoints = {
  loginUrl: 'https://login.microsoftonline.com',
  scope: 'https://api.botframework.com',
  issuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
}

export type AppType = 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI'
export type Identity = { appId?: string; password?: string; tenantId?: string; type?: AppType }

export interface Adapter {
  /** Whether the request is genuine; needs an identity. */
  verify(claimed: Claimed, authorization: string | undefined): Promise<Verdict>
  /** Makes one request; resolves to the activity's id, if it got one. Rejects with `NotDelivered`. */
  post(reference: Reference, activity: Said): Promise<string | undefined>
  /** What a request to Microsoft's services says of who asks; undefined without an identity. */
  authorization(): Promise<string | undefined>
}

/** Without an app id nothing is signed: neither what comes nor what goes. */
export async function loadAdapter(identity: Identity, endpoints: Endpoints): Promise<Adapter> {
  const sdk = await import('botbuilder')
  const { appId = '' } = identity
  const signer = signerFor(sdk, identity, endpoints)
  const authentication = new sdk.ConfigurationBotFrameworkAuthentication(
    configuration(appId, endpoints),
    {
      isValidAppId: async id => id === appId,
      isAuthenticationDisabled: async () => !appId,
      createCredentials: async () => signer,
    },
    undefined,
    undefined,
    { httpClient: singleAttempts },
  )
  const adapter = new sdk.CloudAdapter(authentication)
  return {
    verify: (claimed, header) => verify(authentication, endpoints.issuer, claimed, header),
    post: (reference, activity) =>
      post(adapter, appId, reference, activity).catch(error => {
        if (error instanceof NotDelivered && isMisconfigured(error)) signer.forget()
        throw error
      }),
    authorization: () => authorizationBy(signer),
  }
}

/** The signer puts it on a request, as it does for the connector. */
async function authorizationBy(signer: Signer): Promise<string | undefined> {
  let said: string | undefined
  const headers = {
    set(name: string, value: string) {
      if (name.toLowerCase() === 'authorization') said = value
    },
  }
  await signer.signRequest({ headers } as never)
  return said
}

/** The package takes all of these or none. */
function configuration(appId: string, { loginUrl, scope, issuer, openIdMetadataUrl }: Endpoints) {
  return {
    MicrosoftAppId: appId,
    ToChannelFromBotLoginUrl: loginUrl,
    ToChannelFromBotOAuthScope: scope,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    // Never asked for: the Emulator's tokens are turned away.
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    OAuthUrl: scope,
    CallerId: 'urn:botframework:azure',
  }
}

/** An error of the logic reaches the caller, as the adapter has no `onTurnError` that would swallow it. */
async function post(
  adapter: CloudAdapter,
  appId: string,
  reference: Reference,
  said: Said,
): Promise<string | undefined> {
  const { serviceUrl, channelId, conversation, bot, user } = reference
  const envelope = { serviceUrl, channelId, conversation, from: bot, recipient: user }
  let id: string | undefined
  await adapter.continueConversationAsync(appId, reference as never, async context => {
    // Not through the context, which would make it a reply to an activity that nobody sent.
    const [response] = await adapter.sendActivities(context, [{ ...said, ...envelope } as never])
    id = response?.id || undefined
  })
  return id
}

function isMisconfigured({ failure }: NotDelivered): boolean {
  return failure.status === 'failed' && failure.reason === 'misconfigured'
}

type Sdk = typeof import('botbuilder')
type Factory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>
type Credentials = Awaited<ReturnType<Factory['createCredentials']>>
/** Puts a token on requests; `forget` after one was refused. */
type Signer = Credentials & { forget(): void }

function signerFor(sdk: Sdk, identity: Identity, endpoints: Endpoints): Signer {
  if (!identity.appId) return { signRequest: async request => request, forget: () => undefined }
  return identity.type === 'UserAssignedMSI'
    ? managedSigner(sdk, identity, endpoints)
    : passwordSigner(identity, endpoints)
}

function passwordSigner(identity: Identity, { loginUrl, scope }: Endpoints): Signer {
  const { appId = '', password = '' } = identity
  const tokenUrl = `${loginUrl}/${tenantOf(identity)}/oauth2/v2.0/token`
  const tokens = createTokenSource({ appId, password, tokenUrl, scope })
  return {
    async signRequest(request) {
      request.headers.set('authorization', `Bearer ${await tokens.token()}`)
      return request
    },
    forget: () => tokens.forget(),
  }
}

/** Bots of many tenants get their tokens from a tenant of Microsoft's. */
function tenantOf({ tenantId, type }: Identity): string {
  return type !== 'MultiTenant' && tenantId ? tenantId : 'botframework.com'
}

/** The machine is the identity: only Microsoft's package knows how to ask it. */
function managedSigner(sdk: Sdk, { appId = '', tenantId }: Identity, { loginUrl, scope }: Endpoints): Signer {
  const factory = new sdk.ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppType: 'UserAssignedMsi',
  })
  return {
    async signRequest(request) {
      try {
        const credentials = await factory.createCredentials(appId, scope, loginUrl, true)
        return await credentials.signRequest(request)
      } catch {
        throw new NotDelivered(failed('not-sent', 'the managed identity gave no token'))
      }
    },
    forget: () => undefined,
  }
}
