// bootstrap: the custom runtime of both Lambda functions. Reads its environment, builds the objects, answers one invocation after
// the other until Lambda ends the process.
#include "aws/connections_api.h"
#include "aws/dynamo.h"
#include "aws/parameters.h"
#include "aws/sqs.h"
#include "functions/http_function.h"
#include "functions/socket_function.h"
#include "runtime/environment.h"
#include "runtime/large_buffers.h"
#include "runtime/runtime_client.h"
#include "stores/dynamo_links.h"
#include "stores/dynamo_names.h"
#include "stores/dynamo_rates.h"
#include "stores/fetched_keys.h"
#include "stores/gateway_sender.h"
#include "stores/live_source.h"
#include "stores/sqs_replies.h"
#include "wire/limits.h"

#include <nss.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

namespace {

using runtime::Environment;
using transport::Time;

constexpr int kExitFailed = 1;
constexpr std::string_view kInvalidEvent = "Tunnel.InvalidEvent";
constexpr std::string_view kNotConfigured = "Tunnel.NotConfigured";
constexpr std::string_view kUnexpected = "Tunnel.Unexpected";

std::string variable(const char *name)
{
    const auto *value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

void writeLine(std::string_view line)
{
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

aws::Surroundings surroundings()
{
    auto engine = std::make_shared<std::mt19937_64>(std::random_device()());
    return {transport::now, [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); },
            [engine] { return std::uniform_real_distribution<double>()(*engine); }};
}

// The services of AWS, each with the connection it keeps.
class Services {
public:
    explicit Services(const Environment &environment)
        : m_environment(environment),
          m_trust(std::make_shared<transport::TlsTrust>(environment.caFile)),
          around(surroundings()),
          dynamo(aws::JsonService(caller(environment.dynamoEndpoint, "dynamodb"), aws::kDynamoDialect,
                                  environment.dynamoEndpoint.target)),
          sqs(aws::JsonService(caller(environment.sqsEndpoint, "sqs"), aws::kSqsDialect,
                               environment.sqsEndpoint.target)),
          parameters(aws::JsonService(caller(environment.ssmEndpoint, "ssm"), aws::kSsmDialect,
                                      environment.ssmEndpoint.target)),
          sender(aws::ConnectionsApi(caller(environment.webSocketEndpoint, "execute-api"),
                                     environment.webSocketEndpoint.target))
    {
    }

    [[nodiscard]] aws::Send client(const edge::HttpUrl &server, std::size_t mostBytes = wire::kServiceAnswerBytes)
    {
        auto shared = std::make_shared<transport::HttpClient>(server, m_trust);
        return [shared, mostBytes](const transport::Request &request, Time deadline) {
            return shared->send(request, deadline, mostBytes);
        };
    }

private:
    aws::SignedCaller caller(const edge::HttpUrl &server, std::string service)
    {
        const aws::Credentials credentials{m_environment.accessKeyId, m_environment.secretAccessKey,
                                           m_environment.sessionToken};
        return {client(server), server.authority, credentials, {m_environment.region, std::move(service)}, around};
    }

    const Environment &m_environment;
    std::shared_ptr<transport::TlsTrust> m_trust;

public:
    aws::Surroundings around;
    aws::Dynamo dynamo;
    aws::Sqs sqs;
    aws::Parameters parameters;
    stores::GatewaySender sender;
};

stores::LiveSettings liveSettings(const Environment &environment)
{
    const auto setting = [](const runtime::SecretSource &source) {
        return stores::Setting{source.value, source.parameter};
    };
    return {setting(environment.config),
            setting(environment.replyKey),
            setting(environment.jwtSecret),
            setting(environment.jwks),
            {environment.jwtIssuer, environment.jwtAudiences}};
}

// Both functions, of which one is used; an object that nobody asks does nothing.
class Program {
public:
    Program(const Environment &environment, gateway::PublicSurface surface)
        : m_log(writeLine, transport::now),
          m_services(environment),
          m_live(liveSettings(environment), m_services.parameters, transport::now, m_log),
          m_names(m_services.dynamo, environment.reservationsTable),
          m_links(m_services.dynamo, environment.connectionsTable, environment.rateLimitsTable),
          m_rates(m_services.dynamo, environment.rateLimitsTable),
          m_channel(m_services.sqs, environment.replyQueuePrefix, m_services.around, m_log),
          m_replies(m_services.sqs, environment.replyQueuePrefix, m_services.around),
          m_world{std::move(surface), m_log, transport::now, environment.functionName},
          m_http(m_world, {m_names, m_links, m_services.sender, m_channel, m_replies, m_rates})
    {
        if (environment.jwksUrl)
            m_issuer.emplace(m_services.client(*environment.jwksUrl, wire::kMaxJwksBytes), environment.jwksUrl->target,
                             transport::now, m_log);
        m_socket.emplace(m_world, functions::SocketPorts{m_names, m_links, m_services.sender, m_replies},
                         m_issuer ? &*m_issuer : nullptr);
    }

    // One invocation. False when the Runtime API cannot be reached: there is nothing left to do then.
    bool serve(runtime::RuntimeClient &api, runtime::Invocation &invocation)
    {
        m_log.setInvocation(invocation.id);
        const auto live = m_live.get(invocation.deadline - wire::kAnswerMargin);
        if (!live)
            return told(api.fail(invocation, kNotConfigured, live.error().message));
        auto event = events::parseEvent(std::move(invocation.event));
        if (!event) {
            m_log.error("event_refused", {{"reason", event.error().message}});
            return told(api.fail(invocation, kInvalidEvent, event.error().message));
        }
        const bool http = std::holds_alternative<events::HttpEvent>(*event);
        if (!told(api.respond(invocation, answer(std::move(*event), invocation.deadline, **live))))
            return false;
        if (http)
            m_http.afterAnswer(invocation.deadline);
        return true;
    }

    [[nodiscard]] gateway::Log &log() noexcept { return m_log; }

private:
    std::string answer(events::Event event, Time deadline, const gateway::Live &live)
    {
        if (auto *request = std::get_if<events::HttpEvent>(&event))
            return m_http.handle(std::move(*request), deadline, live);
        if (const auto *asked = std::get_if<events::AuthorizerEvent>(&event))
            return m_socket->handle(*asked, deadline, live);
        if (const auto *socket = std::get_if<events::SocketEvent>(&event))
            return m_socket->handle(*socket, deadline, live);
        return m_socket->handle(std::get<events::ScheduleEvent>(event), deadline, live);
    }

    bool told(const wire::Result<> &outcome)
    {
        if (!outcome)
            m_log.error("runtime_api_failed", {{"reason", outcome.error().message}});
        return outcome.has_value();
    }

    gateway::Log m_log;
    Services m_services;
    stores::LiveSource m_live;
    stores::DynamoNames m_names;
    stores::DynamoLinks m_links;
    stores::DynamoRates m_rates;
    stores::SqsReplyChannel m_channel;
    stores::SqsReplySender m_replies;
    functions::World m_world;
    functions::HttpFunction m_http;
    std::optional<stores::FetchedKeys> m_issuer;
    std::optional<functions::SocketFunction> m_socket;
};

int serveAll(Program &program, runtime::RuntimeClient &api)
{
    for (;;) {
        auto invocation = api.next();
        if (!invocation) {
            program.log().error("runtime_api_failed", {{"reason", invocation.error().message}});
            return kExitFailed;
        }
        try {
            if (!program.serve(api, *invocation))
                return kExitFailed;
        } catch (const std::exception &error) {
            program.log().error("unexpected", {{"reason", error.what()}});
            if (!api.fail(*invocation, kUnexpected, "an unexpected error; the log has more"))
                return kExitFailed;
        }
    }
}

int failStart(const wire::Error &error)
{
    std::fprintf(stderr, "bootstrap: %s\n", error.message.c_str());
    if (const auto url = runtime::RuntimeClient::parseApi(variable("AWS_LAMBDA_RUNTIME_API"))) {
        runtime::RuntimeClient api(*url);
        (void)api.failStart(kNotConfigured, error.message);
    }
    return kExitFailed;
}

} // namespace

int main()
{
    runtime::returnLargeBuffers();
    std::signal(SIGPIPE, SIG_IGN);
    // A static glibc would otherwise load the plug-ins that nsswitch.conf names.
    __nss_configure_lookup("hosts", "files dns");
    const auto environment = runtime::readEnvironment(variable);
    if (!environment)
        return failStart(environment.error());
    auto surface = gateway::PublicSurface::make(environment->publicUrl, environment->subdomains);
    if (!surface)
        return failStart({surface.error().code, "TUNNEL_PUBLIC_URL: " + surface.error().message});
    const auto api = runtime::RuntimeClient::parseApi(environment->runtimeApi);
    if (!api)
        return failStart(api.error());
    runtime::RuntimeClient client(*api);
    Program program(*environment, std::move(*surface));
    return serveAll(program, client);
}
