// Every bound of the tunnel in one place: sizes, timeouts, windows, retries, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wire {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

// --- Names -------------------------------------------------------------------------------------------------------
inline constexpr std::string_view kSubprotocolV2 = "tunnel.v2.msgpack";
inline constexpr std::string_view kSubprotocolV1 = "tunnel.v1.json";
inline constexpr std::string_view kSubprotocolSeed = "tunnel-protocol"; // the earlier system's name for v1
inline constexpr std::string_view kConnectPath = "/_tunnel/connect";    // names never begin with '_'

inline constexpr std::size_t kDrawnIdLength = 12;  // the earlier system's id; 36^12 cannot be guessed by trying
inline constexpr std::size_t kMinNameLength = 2; // one first and one last character
inline constexpr std::size_t kMaxNameLength = 63; // a DNS label (RFC 1035 2.3.4)
inline constexpr std::size_t kMaxSessionIdLength = 64; // two UUIDs' worth; it is only compared

// --- v2 frames ---------------------------------------------------------------------------------------------------
inline constexpr std::size_t kFrameHeaderBytes = 8; // stream id 4, kind 1, length 3
inline constexpr std::size_t kMaxDataBytes = 64 * kKiB; // one data frame: other streams wait this long at most
inline constexpr std::size_t kMaxMessageBytes = 256 * kKiB; // one WebSocket message of v2
inline constexpr std::size_t kMaxControlBytes = 16 * kKiB; // control messages are small maps
inline constexpr unsigned kMaxNesting = 8; // of maps and arrays, both encodings; ours nest 3 deep
inline constexpr std::size_t kMaxErrorTextBytes = 1 * kKiB; // sentences for people; longer ones are cut
inline constexpr std::uint32_t kMaxCreditBytes = 0x7fff'ffff; // of one stream, as in HTTP/2 (RFC 9113 6.9.1)

// --- HTTP heads --------------------------------------------------------------------------------------------------
inline constexpr std::size_t kMaxHeadBytes = 64 * kKiB; // start line + fields; nginx takes 32 KiB, Node.js 16 KiB
inline constexpr std::size_t kMaxHeadFrameBytes = kMaxHeadBytes + 32 * kKiB; // MessagePack adds a few bytes a field
inline constexpr std::size_t kMaxHeaderCount = 512; // far above real use; bounds the work of a hostile head
inline constexpr std::size_t kMaxTargetBytes = 16 * kKiB; // request target; above what browsers send
inline constexpr std::size_t kMaxMethodBytes = 32; // the longest registered method has 17
inline constexpr std::size_t kMaxTrailerBytes = 16 * kKiB;
inline constexpr std::size_t kMaxReasonBytes = 256;
inline constexpr std::size_t kMaxUpgradeBytes = 256; // protocol names; in practice "websocket"
inline constexpr std::size_t kMaxAddressBytes = 64; // an IPv6 address has 39, a zone adds a little

// --- Flow control ------------------------------------------------------------------------------------------------
inline constexpr std::uint32_t kInitialWindowBytes = 256 * kKiB; // memory one slow visitor can hold on each side
inline constexpr std::uint32_t kMaxWindowBytes = 4 * kMiB; // fills 320 Mbit/s at 100 ms round trip
inline constexpr std::size_t kMaxLinkWindowBytes = 64 * kMiB; // all raised windows of one link together

// --- v1 messages (API Gateway) -----------------------------------------------------------------------------------
inline constexpr std::size_t kV1MaxMessageBytes = 128 * kKiB; // API Gateway closes with 1009 above
inline constexpr std::size_t kV1MaxFrameBytes = 32 * kKiB; // the same for one WebSocket frame
inline constexpr std::size_t kV1ChunkBodyBytes = 90 * kKiB; // raw bytes that, as base64 with a head, fit a message
inline constexpr std::size_t kV1MaxBodyBytes = 6 * kMiB; // Lambda's payload limit
inline constexpr std::size_t kV1MaxPendingChunks = 128; // out-of-order chunks held while one is missing
inline constexpr std::size_t kV1MaxEarlyBodies = 8; // whose chunks came before their request: Lambdas run side by side
inline constexpr std::size_t kV1RememberedRequests = 256; // ended ones whose late chunks mean nothing
inline constexpr seconds kV1PingInterval{300}; // API Gateway ends what idles for 10 minutes and bills each message
inline constexpr seconds kV1LinkLife{110 * 60}; // API Gateway ends every link after 2 hours: ten minutes to hand over
inline constexpr seconds kV1Overlap{30}; // the old link stays beside the new one: Lambdas remember it for a few seconds
inline constexpr std::uint64_t kV1BytesPerSecond = 8 * kMiB; // 64 full messages, each an invocation
inline constexpr milliseconds kV1Burst{125}; // so much of that at once: 8 messages, or any number of small ones
inline constexpr std::size_t kV1MaxReplyToBytes = 1 * kKiB; // opaque and echoed in every chunk

// --- Links -------------------------------------------------------------------------------------------------------
inline constexpr unsigned kMaxLinksPerTunnel = 4;
inline constexpr std::size_t kMaxStreamsPerLink = 2000; // a burst of a whole load test; memory bounded by windows
inline constexpr std::size_t kLinkQueueBytes = 8 * kMiB; // frames waiting for one link before its sources pause
inline constexpr seconds kReadyTimeout{10}; // from the WebSocket handshake to `ready`
inline constexpr seconds kHandshakeTimeout{15}; // TCP + TLS + WebSocket; QWebSocket itself never gives up
inline constexpr seconds kPingInterval{20}; // below the 30-60 s after which NATs and proxies drop idle links
inline constexpr seconds kPongGrace{4}; // after the second unanswered ping: dead in 44 s at most
inline constexpr seconds kNameGrace{60}; // a lost tunnel keeps its name for its owner this long
inline constexpr milliseconds kRetryBase{500}; // full jitter: random in [0, min(cap, base * 2^attempt)]
inline constexpr milliseconds kRetryCap{60'000};
inline constexpr milliseconds kRetryCapInGrace{4'000}; // while the name is kept: back soon after a relay's restart
inline constexpr seconds kStableAfter{10}; // online this long: the next loss starts the backoff anew

// --- Visitors ----------------------------------------------------------------------------------------------------
inline constexpr seconds kHeadTimeout{15}; // first byte of a request to the end of its head: slow-loris bound
inline constexpr seconds kKeepAliveTimeout{75}; // idle between requests, as nginx
inline constexpr seconds kResponseHeadTimeout{120}; // request sent to response head: room for long polling
inline constexpr seconds kVisitorWriteTimeout{60}; // no progress writing to a visitor
inline constexpr seconds kBodyReadTimeout{60}; // no progress reading a request body
inline constexpr seconds kLingerTimeout{2}; // reading away a request that was answered early, before closing
inline constexpr std::size_t kLingerBytes = 16 * kMiB; // and how much of it
inline constexpr seconds kUpgradedIdleTimeout{3600}; // both directions of an upgraded connection silent
inline constexpr seconds kHalfClosedIdleTimeout{300}; // the visitor said its last byte: time for a last long answer
inline constexpr seconds kDrainTimeout{30}; // SIGTERM to exit, for what is in flight
inline constexpr std::uint64_t kMaxBodyBytes = 16ULL * 1024 * kMiB; // 16 GiB: a stop for runaway uploads, not a quota
inline constexpr std::size_t kMaxVisitorConnections = 10'000; // per relay; above it new ones are closed
inline constexpr std::size_t kMaxConnectionsPerAddress = 2000; // of those: a load test from one machine has fewer
inline constexpr std::size_t kMaxTunnelsPerToken = 1000; // of one owner, unless the token says: far above any desk
inline constexpr double kMinRequestRate = 1.0 / 3600; // per second: clients are told whole requests an hour
inline constexpr std::uint64_t kMaxRequestBurst = 1'000'000; // at once: more is no limit
inline constexpr std::int64_t kMinBandwidth = 1024; // bytes/s: less would end in the time limits of one body
inline constexpr std::int64_t kMaxBandwidth = 1'000'000'000'000; // bytes/s: above any line
inline constexpr std::size_t kMinPacedBytes = 512; // moved at once on a slow tunnel: half a second of the slowest
inline constexpr unsigned kPacesPerSecond = 20; // pieces of a second on a limited line: even, and few wake-ups
inline constexpr seconds kRefusalSummary{10}; // refusals by one limit are one line of the log in this time
inline constexpr std::size_t kMaxRefusalSummaries = 1024; // such lines at a time; further ones only count in /metrics
inline constexpr unsigned kMaxInterimHeads = 64; // 1xx heads before one response: far above real use, ends a flood
inline constexpr seconds kRetryAfter{5}; // told with 429 and 503: a restart or a reconnect is over by then

// --- Local service -----------------------------------------------------------------------------------------------
inline constexpr seconds kLocalConnectTimeout{5}; // loopback answers or refuses at once; a LAN host may not
inline constexpr seconds kLocalIdleTimeout{30}; // idle pooled connection
inline constexpr milliseconds kLocalReuseUnsafeAfter{1000}; // older idle connections do not carry unsafe methods
inline constexpr std::size_t kLocalPoolSize = 512; // idle connections kept per target: a burst does not reconnect
inline constexpr std::size_t kLocalReadBytes = 256 * kKiB; // socket read buffer of one local connection
inline constexpr std::size_t kReplayableBodyBytes = 64 * kKiB; // kept to re-send on a stale pooled connection

// --- Relay configuration -----------------------------------------------------------------------------------------
inline constexpr std::size_t kMaxConfigFileBytes = kMiB; // a page of settings, or some thousand tokens
inline constexpr seconds kMaxConfigTimeout{7 * 24 * 3600}; // longer is a typing error
inline constexpr std::int64_t kMaxConfigCount = 1'000'000; // connections, streams: the kernel's limit is near

// --- Tokens of tunnel clients ------------------------------------------------------------------------------------
inline constexpr std::size_t kMinJwtSecretBytes = 32; // RFC 7518 3.2: no shorter than the hash of HS256
inline constexpr std::size_t kMaxJwtSecretBytes = 4 * kKiB; // HMAC hashes longer keys anyway; a wrong file is told
inline constexpr std::size_t kMaxJwtSubjectBytes = 256; // a user name, an e-mail address (254) or a URI
inline constexpr seconds kJwtLeeway{60}; // clocks of two machines differ by seconds, without NTP by a minute
inline constexpr std::int64_t kMaxJwtTime = 253'402'300'799; // 9999-12-31T23:59:59Z: later is milliseconds or a lie
inline constexpr seconds kDefaultJwtLife{30 * 24 * 3600}; // `token create` without --expires
inline constexpr seconds kMaxJwtLife{10LL * 366 * 24 * 3600}; // ten years: longer is a typing error
inline constexpr std::size_t kMaxJwtTextBytes = 256; // kid, jti, iss, aud: a URI or a UUID
inline constexpr std::size_t kMaxJwtAudiences = 16; // audiences of one token: each is compared
inline constexpr std::size_t kMaxNamePatterns = 64; // of one token; a whole token has kMaxTokenBytes
inline constexpr int kMinRsaBits = 2048; // RFC 7518 3.3
inline constexpr int kMaxRsaBits = 8192; // a signature takes 0.3 ms then: larger keys would stall the relay
inline constexpr int kMaxRsaExponentBits = 64; // 65537 has 17; OpenSSL's own bound for large keys
inline constexpr int kDrawnRsaBits = 3072; // NIST SP 800-57: good beyond 2030
inline constexpr std::size_t kMaxJwks = 64; // keys of one set; an issuer has two to five
inline constexpr std::size_t kMaxJwksBytes = 256 * kKiB; // kMaxJwks of the largest, with certificates beside them
inline constexpr seconds kJwksRefresh{600}; // a key that its issuer withdrew is known here this long at most
inline constexpr seconds kMinJwksRefresh{10}; // configured: sooner only burdens the issuer
inline constexpr seconds kJwksMinAge{15}; // between two fetches for unknown kids: anybody can send those
inline constexpr seconds kJwksRetry{30}; // after a fetch that failed
inline constexpr seconds kJwksFetchTimeout{5}; // names, TLS and answer; a handshake waits for it, below kReadyTimeout
inline constexpr std::size_t kMaxJwksWaiters = 256; // handshakes that wait for one fetch; further ones are refused
inline constexpr seconds kAuthFilesCheck{1}; // keys and revocations are looked at this often for a change
inline constexpr std::size_t kMaxRevocations = 20'000; // lines of the list; ended tokens need none
inline constexpr std::size_t kMaxRevocationFileBytes = 8 * kMiB; // that many of the longest, about
inline constexpr std::size_t kMaxReservations = 50'000; // names that belong to somebody; a full list is refused
inline constexpr std::size_t kMaxReservationsPerOwner = 256; // one owner cannot take all of them
inline constexpr std::size_t kMaxReservationFileBytes = 32 * kMiB; // that many of the longest, about
inline constexpr seconds kReservationLife{365LL * 24 * 3600}; // a name nobody used for a year is free again
inline constexpr double kMaxTokenRate = 1e9; // requests/s a token may claim: more is no limit

// --- Audit log of the relay ----------------------------------------------------------------------------------------
inline constexpr std::size_t kAuditFileBytes = 16 * kMiB; // one file: some 60,000 operations, opened by any editor
inline constexpr std::size_t kMinAuditFileBytes = 64 * kKiB; // configured: smaller ones hold minutes only
inline constexpr std::size_t kMaxAuditFileBytes = 4096 * kMiB; // configured
inline constexpr unsigned kAuditFiles = 10; // the newest and nine older ones; the oldest goes when a new one begins
inline constexpr unsigned kMaxAuditFiles = 1000; // configured: each is renamed when a new one begins
inline constexpr std::size_t kAuditQueueBytes = 16 * kMiB; // waiting for a slow disk; what comes then is counted only

// --- Browsers ------------------------------------------------------------------------------------------------------
inline constexpr seconds kMaxHstsAge{2 * 366LL * 24 *
                                     3600}; // two years, what hstspreload.org advises: longer is a slip

// --- Access rules of tunnels -------------------------------------------------------------------------------------
inline constexpr unsigned kScryptLogN = 15; // with r 8 and p 3 one of OWASP's equal choices: 32 MiB, a few 100 ms
inline constexpr unsigned kScryptBlockSize = 8;
inline constexpr unsigned kScryptParallelism = 3;
inline constexpr unsigned kMinScryptLogN = 13; // of a stored password: less is guessed too fast
inline constexpr unsigned kMaxScryptLogN = 17; // 128 MiB and a second: more stops the tunnel for its users
inline constexpr unsigned kMaxScryptParallelism = 16;
inline constexpr std::size_t kScryptSaltBytes = 16;
inline constexpr std::size_t kScryptHashBytes = 32;
inline constexpr std::size_t kMaxLoginNameBytes = 128;
inline constexpr std::size_t kMaxPasswordBytes = 256;
inline constexpr std::size_t kDrawnPasswordLength = 20; // of 32 characters: 100 bits
inline constexpr std::size_t kMaxTunnelLogins = 64; // a team; more people have an identity provider
inline constexpr std::size_t kMinAccessTokenBytes = 16; // 128 bits when drawn
inline constexpr std::size_t kMaxAccessTokens = 16; // of one tunnel
inline constexpr seconds kLoginRemembered{900}; // a password that was right is not hashed again sooner
inline constexpr std::size_t kMaxRememberedLogins = 1024; // of one tunnel: 32 bytes each
inline constexpr std::size_t kMaxPasswordChecks = 16; // waiting for their hash: some seconds of one core
inline constexpr unsigned kFailedLoginBurst = 10; // in a row from one address: a person mistypes less often
inline constexpr seconds kFailedLoginRefill{10}; // then one more each: 8,640 guesses a day
inline constexpr unsigned kFailedLoginTunnelBurst = 200; // from all addresses together: a botnet has many
inline constexpr seconds kFailedLoginTunnelRefill{1};
inline constexpr std::size_t kMaxFailureAddresses = 4096; // remembered; the oldest go first
inline constexpr unsigned kVisitorIpv6Bits = 64; // one customer's network: its hosts are one visitor to the limits
inline constexpr std::size_t kMaxAddressRules = 256; // CIDR blocks, allowed and denied each
inline constexpr std::size_t kMaxRequestRules = 64; // "POST /webhooks/*"
inline constexpr std::size_t kMaxRulePathBytes = 1 * kKiB;
inline constexpr std::size_t kMaxHeaderRules = 64; // set and removed each
inline constexpr std::size_t kMaxHeaderRuleBytes = 4 * kKiB; // one value
inline constexpr std::size_t kMaxWebhookSecrets = 4; // old and new, of two senders
inline constexpr std::size_t kMaxWebhookSignatures = 8; // in one field: Stripe sends one for each secret
inline constexpr std::size_t kMaxSignedBodyBytes = 25 * kMiB; // held to check its signature: GitHub sends no more
inline constexpr std::size_t kMaxSignedBodiesBytes = 64 * kMiB; // of one tunnel's requests at a time
inline constexpr seconds kWebhookTolerance{300}; // age of a signed time: what Stripe and Slack advise
inline constexpr seconds kMaxWebhookTolerance{3600};
inline constexpr seconds kApprovalTimeout{60}; // a visitor waits for the person at the desktop; then 403
inline constexpr seconds kApprovalRemembered{8 * 3600}; // a working day
inline constexpr seconds kRefusalRemembered{600}; // a wrong click is over soon
inline constexpr std::size_t kMaxWaitingVisitors = 16; // asked about at once: more than a person reads
inline constexpr std::size_t kMaxHeldRequests = 256; // of one tunnel, waiting for an answer or a password check
inline constexpr std::size_t kMaxRememberedVisitors = 1024; // of one tunnel
inline constexpr std::size_t kMaxShownUserAgent = 200; // characters
inline constexpr seconds kMinIdleExpiry{60};
inline constexpr seconds kMaxExpiry{366LL * 24 * 3600}; // longer is a typing error
inline constexpr seconds kPreflightAge{600}; // a browser asks again then, and sees the switch turned off
inline constexpr std::size_t kMaxLoginFileBytes = 64 * kKiB; // kMaxTunnelLogins lines

// --- The AWS backend: quotas of its services, and what keeps below them -------------------------------------------
inline constexpr std::size_t kLambdaPayloadBytes = 6'291'556; // an event or an answer, as JSON
inline constexpr std::size_t kLambdaBodyBytes = 4'500'000; // as base64, with a head, below that
inline constexpr seconds kGatewayLinkLife{7200}; // API Gateway closes a WebSocket then
inline constexpr seconds kGatewayTimeout{30}; // an HTTP API waits no longer for its function
inline constexpr milliseconds kAnswerMargin{1500}; // of a function's time kept for its own answer and what follows it
inline constexpr seconds kGatewayRequestTimeout{25}; // unless configured; with kAnswerMargin below 30 s
inline constexpr seconds kMaxGatewayRequestTimeout{28};
inline constexpr seconds kV1Heartbeat{300}; // half of API Gateway's idle timeout of 600 s
inline constexpr seconds kMinV1Heartbeat{30}; // each is an invocation that is paid for
inline constexpr seconds kMaxV1Heartbeat{540};
inline constexpr seconds kTunnelRemembered{3}; // then its links are looked up again; at once after a 410
inline constexpr std::size_t kMaxTunnelsRemembered = 1000; // in one execution environment; a few hundred bytes each
inline constexpr seconds kReplyQueueLife{3600}; // an environment makes itself another then
inline constexpr seconds kReplyQueueOrphaned{7200}; // twice that: nobody reads it any more
inline constexpr seconds kReplyKept{60}; // what SQS allows at least; no request waits so long
inline constexpr seconds kReplyClockSkew{60}; // between the functions that sign and verify reply_to
inline constexpr seconds kReplyWait{20}; // one long poll: what SQS allows at most
inline constexpr std::size_t kReplyBatch = 10; // messages taken or deleted at once: what SQS allows
inline constexpr std::size_t kMaxWaiters = 500; // reply queues noted with one link, some 45 KB of an item
inline constexpr seconds kSettingsRefresh{60}; // a changed parameter holds everywhere after it
inline constexpr std::size_t kMinReplyKeyBytes = 32; // of the HMAC's hash
inline constexpr std::int64_t kRequestsPerMinute = 1000; // of one tunnel, unless configured
inline constexpr std::int64_t kRateLeaseDivisor = 100; // an environment takes 1 % of a minute's requests at a time
inline constexpr std::size_t kServiceAnswerBytes = 16 * kMiB; // ten messages of SQS at their largest, with room
inline constexpr milliseconds kServiceTryTimeout{3'000}; // of one call that waits for nothing; then another try
inline constexpr milliseconds kServiceRetryBase{40}; // full jitter, as kRetryBase
inline constexpr milliseconds kServiceRetryCap{1'000};
inline constexpr unsigned kServiceTries = 5;
inline constexpr unsigned kClaimTries = 8; // of a name, while others change its reservation or a drawn one is taken

// --- Secrets of the client -----------------------------------------------------------------------------------------
inline constexpr std::size_t kMaxSecretsFileBytes = 4 * kMiB; // kMaxStoredSecrets of usual length, with room
inline constexpr std::size_t kMaxStoredSecrets = 1024; // tokens of kMaxServers, secrets of kMaxTunnelsPerFile
inline constexpr std::size_t kMaxSecretAccountBytes = 2 * kKiB; // the URL of a server, or a rule's name
inline constexpr std::size_t kMinPassphraseBytes = 8; // NIST SP 800-63B 5.1.1: no shorter memorised secret
inline constexpr unsigned kPassphraseTries = 3; // ttf asks on a terminal this often, as sudo does
inline constexpr seconds kKeyringSlow{3}; // a keyring that takes longer waits for its user: we say so
inline constexpr seconds kExpirySoon{7 * 24 * 3600}; // told once: time to ask somebody for a new token
inline constexpr seconds kExpiryNear{24 * 3600}; // told once more: the last working day
inline constexpr seconds kExpiryCheck{1800}; // how late either may be told
inline constexpr std::size_t kMaxRememberedExpiries = 256; // told already; the soonest to expire go first
inline constexpr std::size_t kMaxPastedBytes = 32 * kKiB; // a token of kMaxTokenBytes with text around it

// --- Desktop -----------------------------------------------------------------------------------------------------
inline constexpr std::size_t kKeptExchanges = 20'000; // rows of the live list: some minutes of a load test
inline constexpr std::size_t kKeptBodyBytes = 64 * kMiB; // all recorded bodies together; the oldest go first
inline constexpr std::size_t kKeptHeadBytes = 128 * kMiB; // all recorded heads: twice what 20,000 usual ones take
inline constexpr std::size_t kCapturedBodyBytes = 1 * kMiB; // of one body: what a person reads
inline constexpr std::size_t kDecodedBodyBytes = 8 * kMiB; // a decompressed body shown; ends a zip bomb
inline constexpr std::size_t kMaxContentCodings = 4; // in a row on one body; one is usual
inline constexpr unsigned kMaxZstdWindowLog = 23; // 8 MiB, what RFC 9659 allows a sender
inline constexpr std::size_t kHexDumpBytes = 256 * kKiB; // shown as hex: 16,384 lines
inline constexpr std::size_t kPrettyBytes = 2 * kMiB; // above it text is shown as it came, without indenting it
inline constexpr std::size_t kMaxJsonDepth = 256; // of a body that is indented; readers of JSON stop sooner
inline constexpr std::size_t kMaxIndentLevels = 32; // deeper levels stay here: depth must not multiply the text
inline constexpr std::size_t kMaxHarFileBytes = 64 * kMiB; // read: hours of a browser, bodies in it
inline constexpr std::size_t kMaxHarEntries = 5'000; // imported at once: a quarter of the list, so that live ones stay
inline constexpr std::size_t kMaxHarHeadBytes = 32 * kMiB; // imported at once: a quarter of kKeptHeadBytes
inline constexpr std::size_t kMaxHarBodyBytes = 16 * kMiB; // imported at once: a quarter of kKeptBodyBytes
inline constexpr std::size_t kMaxTitleProbes = 8; // local services asked for their title at once
inline constexpr milliseconds kTitleProbeTimeout{1500}; // a page that takes longer shows its port only
inline constexpr std::size_t kTitleProbeBytes = 64 * kKiB; // a title is in the first kilobytes
inline constexpr std::size_t kMaxTitleChars = 120; // of a page's title: more is cut
inline constexpr seconds kSilentServiceRest{60}; // what did not speak HTTP is not asked again sooner
inline constexpr seconds kReplayTimeout{120}; // as long as a visitor would wait (kResponseHeadTimeout)
inline constexpr std::size_t kMaxSettingsFileBytes = kMiB; // preferences, servers and window state: some KiB
inline constexpr std::size_t kMaxServers = 64; // relays of one person, with room
inline constexpr seconds kKeyringTimeout{30}; // a person types the passphrase of the keyring
inline constexpr std::size_t kMaxNotices = 20; // messages kept in the window; the oldest go first
inline constexpr std::size_t kMaxInstanceMessageBytes = 4 * kKiB; // arguments of a second start
inline constexpr seconds kInstanceTimeout{3}; // for the running program to take them: it may be busy at its own start
inline constexpr seconds kDownBeforeTold{10}; // a tunnel that is back sooner needs no notification
inline constexpr seconds kToldAgainAfter{60}; // the next notification about the same tunnel
inline constexpr seconds kServerTestTimeout{
    20}; // above kHandshakeTimeout: the test says why it failed, not that it did

// --- Programs ----------------------------------------------------------------------------------------------------
inline constexpr std::size_t kMaxTunnelsFileBytes = kMiB; // tunnels.toml: kMaxTunnelsPerFile with long comments
inline constexpr std::size_t kMaxTunnelsPerFile = 256; // one link, at least, for each
inline constexpr std::size_t kMaxStateFileBytes = kMiB; // kMaxRememberedTunnels, with room
inline constexpr std::size_t kMaxRememberedTunnels = 200; // local services whose port and name are remembered
inline constexpr seconds kStateLockTimeout{2}; // another program writes the same few KiB
inline constexpr std::size_t kMaxTokenBytes = 8 * kKiB; // a JWT with many claims; header limits are near this
inline constexpr std::size_t kMaxOutputBytes = 8 * kMiB; // printed by ttf, not yet read: some 30,000 request lines
inline constexpr seconds kStopTimeout{3}; // ttf: SIGINT to exit, for close frames and last lines
inline constexpr std::size_t kSampleBodyBytes = 256 * kKiB; // one request body of the sample site
inline constexpr seconds kSampleClockInterval{1}; // between the events of the sample site's clock
inline constexpr seconds kKeyringPatience{
    2}; // ttf: a keyring answers within ms unless it asks the user, whom ttf does not wait for

// --- Window --------------------------------------------------------------------------------------------------------
inline constexpr std::size_t kShownBodyBytes = 256 * kKiB; // of one body, formatted: some 8,000 lines, read by nobody
inline constexpr std::size_t kIndentedBodyBytes = kMiB; // JSON above is shown as it came: indenting needs all of it
inline constexpr std::size_t kFormattedAtOnceBytes = 16 * kKiB; // larger bodies are prepared off the GUI thread
inline constexpr std::size_t kShownLineChars = 1000; // longer lines are shown in parts: layout is slow in line length
inline constexpr std::size_t kShownHeaderBytes = 2 * kKiB; // of one field value; copying takes all of it
inline constexpr std::size_t kMaxImageMemory = 128 * kMiB; // one decoded picture: 32 megapixels
inline constexpr std::size_t kMaxImageSide = 2048; // pixels shown of a side: above what a details pane has
inline constexpr std::size_t kMaxSvgBytes = 256 * kKiB; // drawings with more are not previewed
inline constexpr std::size_t kMaxSvgReferences = 16; // <use> elements: nested ones multiply

} // namespace wire
