#include "ttf/program.h"

#include "ttf/expiry_warnings.h"
#include "ttf/failure_text.h"
#include "ttf/json_view.h"
#include "ttf/line_text.h"
#include "ttf/terminal_view.h"
#include "ttf/token_source.h"
#include "wire/limits.h"
#include "workspace/access_secrets.h"
#include "workspace/config_mapping.h"
#include "workspace/limits_text.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <fmt/core.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace ttf {

namespace {

constexpr int kDrainMs = 500;     // for the last lines to be read
constexpr int kLastBatchMs = 100; // the engine tells of requests within 50 ms

void complain(std::string_view kind, std::string_view message)
{
    fmt::print(stderr, "{}: {}\n", kind, message);
}

bool wantsColour()
{
    return ::isatty(STDOUT_FILENO) != 0 && qEnvironmentVariableIsEmpty("NO_COLOR") &&
           qEnvironmentVariable("TERM") != QStringLiteral("dumb");
}

std::size_t terminalWidth()
{
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool crossesNetworkInClear(const QUrl &server)
{
    const bool clear = server.scheme() == QStringLiteral("http") || server.scheme() == QStringLiteral("ws");
    const QString host = server.host();
    return clear && host != QStringLiteral("localhost") && !host.endsWith(QStringLiteral(".localhost")) &&
           !QHostAddress(host).isLoopback();
}

} // namespace

Program::Program(Options options, QByteArray environmentToken, settings::SecretStore &secrets,
                 settings::SecretVault *vault)
    : m_options(std::move(options)),
      m_environmentToken(std::move(environmentToken)),
      m_state(settings::stateFolder()),
      m_output(STDOUT_FILENO),
      m_secrets(secrets),
      m_saved(secrets)
{
    if (vault)
        m_unlock = std::make_unique<SecretsUnlock>(*vault, m_options.passphraseFile, STDIN_FILENO);
    const std::chrono::milliseconds limit = wire::kStopTimeout;
    m_stopTimeout.setSingleShot(true);
    m_stopTimeout.setInterval(limit);
    connect(&m_stopTimeout, &QTimer::timeout, this, [this] { finish(ExitCode::Stopped); });
    connect(&m_signals, &embedded::StopSignals::stopRequested, this, &Program::stop);
    connect(&m_output, &Output::closed, this, [this] { finish(ExitCode::Stopped); }, Qt::QueuedConnection);
    connect(&m_output, &Output::drained, this, &Program::onDrained);
    m_running.start();
}

std::optional<ExitCode> Program::start()
{
    for (const std::string &warning : m_options.warnings)
        complain("warning", warning);
    auto plan = makePlan(m_options);
    if (!plan) {
        complain("ttf", plan.error().message);
        return ExitCode::Usage;
    }
    auto done = m_options.command == Command::Demo ? serveSampleSite(*plan) : Outcome<>();
    if (done && plan->needsRelay())
        done = startRelay(*plan);
    if (done)
        done = configure(*plan);
    if (!done)
        return done.error();
    makeView();
    unlockSecrets();
    return std::nullopt;
}

Program::Outcome<> Program::serveSampleSite(RunPlan &plan)
{
    m_sample = std::make_unique<SampleServer>();
    const auto port = m_sample->listen();
    if (!port) {
        complain("ttf", port.error().message);
        return std::unexpected(ExitCode::Internal);
    }
    plan.tunnels.front().entry.target = {.host = QHostAddress(QHostAddress::LocalHost).toString(), .port = *port};
    return {};
}

Program::Outcome<> Program::startRelay(RunPlan &plan)
{
    auto state = m_state.load();
    if (!state)
        complain("warning", state.error().message + ": addresses are new this time");
    auto ports = m_options.relayPort ? QList<quint16>{*m_options.relayPort}
                                     : state.value_or(settings::AppState{}).portsToTry(plan.key);
    if (!m_options.relayPort)
        ports.append(0);

    auto relay = embedded::EmbeddedRelay::start(ports.front(), m_options.verbose);
    for (qsizetype i = 1; !relay && i < ports.size(); ++i)
        relay = embedded::EmbeddedRelay::start(ports[i], m_options.verbose);
    if (!relay) {
        complain("ttf", "the embedded relay could not start: " + relay.error().message);
        return std::unexpected(ExitCode::RelayNotStarted);
    }
    m_relay = *std::move(relay);
    if (ports.front() != 0 && ports.front() != m_relay->port())
        complain("warning", fmt::format("another program has taken port {}, so the address has port {} this time",
                                        ports.front(), m_relay->port()));
    rememberRelay(plan);
    return {};
}

void Program::rememberRelay(RunPlan &plan)
{
    const auto saved = m_state.update([&](settings::AppState &remembered) {
        const auto now = QDateTime::currentDateTimeUtc();
        if (m_options.relayPort)
            remembered.tunnels[plan.key].relayPort = 0; // the one asked for takes its place
        remembered.rememberPort(plan.key, m_relay->port(), now);
        nameTunnels(plan, remembered, now);
    });
    if (!saved)
        complain("warning", saved.error().message + ": the address will not be the same next time");
}

Program::Outcome<client::Token> Program::token(const settings::TunnelEntry &entry)
{
    if (entry.server.isEmpty())
        return m_relay->token();
    const bool own = !entry.tokenFile.isEmpty();
    auto found = own ? findToken({entry.tokenFile, {}, {}})
                     : findToken({m_options.tokenFile, m_environmentToken, m_options.token});
    if (!found) {
        complain("ttf", found.error().message);
        return std::unexpected(ExitCode::Usage);
    }
    for (const std::string &warning : found->warnings)
        complain("warning", warning);
    return std::move(found->token);
}

Program::Outcome<> Program::configure(const RunPlan &plan)
{
    for (const PlannedTunnel &tunnel : plan.tunnels) {
        auto given = token(tunnel.entry);
        if (!given)
            return std::unexpected(given.error());
        auto config = workspace::toConfig(tunnel.entry, tunnel.id, *given);
        if (config.server.isEmpty())
            config.server = m_relay->url();
        if (m_sample)
            m_sample->allowHost(config.target.customHost);
        m_tunnels.push_back({.config = std::move(config), .access = tunnel.entry.access});
    }
    return {};
}

void Program::makeView()
{
    if (m_options.json) {
        m_view = std::make_unique<JsonView>();
        return;
    }
    QHash<QString, QString> targets;
    for (const Tunnel &tunnel : m_tunnels) {
        const client::LocalTarget &target = tunnel.config.target;
        targets.insert(tunnel.config.id, m_sample ? QStringLiteral("the sample site")
                                                  : settings::targetText({target.tls, target.host, target.port}));
    }
    m_view = std::make_unique<TerminalView>(std::move(targets), wantsColour());
}

// Only when something is needed of what is saved.
void Program::unlockSecrets()
{
    const bool needed = std::ranges::any_of(
        m_tunnels, [](const Tunnel &tunnel) { return tunnel.config.token.isEmpty() || tunnel.access.usesKeychain(); });
    if (needed && m_unlock)
        m_unlock->run([this](const wire::Result<> &unlocked) { onUnlocked(unlocked); });
    else
        findSavedTokens();
}

void Program::onUnlocked(const wire::Result<> &unlocked)
{
    if (m_finished)
        return;
    for (const std::string &warning : m_unlock->warnings())
        complain("warning", warning);
    if (unlocked)
        return findSavedTokens();
    if (unlocked.error().code == wire::Code::Cancelled)
        return; // the signal ends the program
    complain("ttf", unlocked.error().message);
    QMetaObject::invokeMethod(this, [this] { finish(ExitCode::Usage); }, Qt::QueuedConnection);
}

void Program::findSavedTokens()
{
    QSet<QString> accounts;
    for (const Tunnel &tunnel : m_tunnels) {
        if (tunnel.config.token.isEmpty())
            accounts.insert(settings::secretAccount(tunnel.config.server));
    }
    if (accounts.isEmpty())
        findAccessSecrets();
    else
        m_saved.ask(accounts, [this](const SavedTokensAnswer &answer) { onSavedTokens(answer); });
}

void Program::onSavedTokens(const SavedTokensAnswer &answer)
{
    if (m_finished)
        return;
    for (const std::string &warning : answer.warnings)
        complain("warning", warning);
    for (const std::string &remark : answer.remarks)
        onLogged(QStringLiteral("info"), QString::fromStdString(remark));
    for (Tunnel &tunnel : m_tunnels) {
        if (tunnel.config.token.isEmpty())
            tunnel.config.token = answer.tokens.value(settings::secretAccount(tunnel.config.server));
    }
    findAccessSecrets();
}

void Program::findAccessSecrets()
{
    m_secretsAwaited = m_tunnels.size();
    for (const Tunnel &tunnel : m_tunnels) {
        const auto note = [this, id = tunnel.config.id](const auto &secrets) { onAccessSecrets(id, secrets); };
        workspace::readAccessSecrets(tunnel.access, m_secrets, this, note);
    }
}

// Without its secrets a tunnel would be open to others than it should be: none is started then.
void Program::onAccessSecrets(const QString &id, const wire::Result<guard::Secrets> &secrets)
{
    if (m_finished)
        return;
    if (!secrets) {
        complain("ttf", secrets.error().message);
        // not at once: the event loop may not run yet
        QMetaObject::invokeMethod(this, [this] { finish(ExitCode::Usage); }, Qt::QueuedConnection);
        return;
    }
    const auto tunnel = std::ranges::find(m_tunnels, id, [](const Tunnel &known) { return known.config.id; });
    tunnel->config.secrets = *secrets;
    if (--m_secretsAwaited == 0)
        startEngine();
}

void Program::startEngine()
{
    for (const Tunnel &tunnel : m_tunnels) {
        const QUrl &server = tunnel.config.server;
        if (!tunnel.config.token.isEmpty() && crossesNetworkInClear(server))
            complain("warning",
                     fmt::format("the token goes to {} unencrypted: use https://", server.host().toStdString()));
    }
    ExpiryWarnings expiries(workspace::tokenClock());
    for (const Tunnel &tunnel : m_tunnels) {
        if (const auto warning = expiries.of(tunnel.config); !warning.empty())
            complain("warning", warning);
    }
    m_engine = std::make_unique<client::Engine>();
    connect(m_engine.get(), &client::Engine::statusChanged, this, &Program::onStatus);
    connect(m_engine.get(), &client::Engine::exchangesChanged, this, &Program::onExchanges);
    connect(m_engine.get(), &client::Engine::logged, this, &Program::onLogged);
    for (const Tunnel &tunnel : m_tunnels)
        m_engine->start(tunnel.config);
}

void Program::onLogged(const QString &level, const QString &line) const
{
    if (m_options.verbose)
        complain(level.toStdString(), printable(line));
}

void Program::onStatus(const client::TunnelStatus &status)
{
    const auto tunnel = std::ranges::find(m_tunnels, status.id, [](const Tunnel &known) { return known.config.id; });
    if (tunnel == m_tunnels.end() || m_finished)
        return;
    client::TunnelStatus named = status;
    if (named.name.isEmpty())
        named.name = tunnel->config.name;
    tunnel->phase = status.phase;
    if (m_sample)
        m_sample->allowHostsOf(status);
    std::string lines;
    m_view->status(lines, named, QDateTime::currentMSecsSinceEpoch());
    if (!m_output.write(lines))
        complain("ttf", "the output is not read: a change of state is not shown");
    const QString limits = workspace::limitsText(status);
    if (m_options.verbose && status.phase == client::Phase::Online && !limits.isEmpty())
        complain("info", fmt::format("{}: the server lets through {}", printable(named.name), limits.toStdString()));
    if (status.phase == client::Phase::Failed)
        onFailed(*tunnel, named);
    else if (m_stopping && allEnded())
        m_stopTimeout.start(kLastBatchMs);
}

void Program::onFailed(Tunnel &tunnel, const client::TunnelStatus &status)
{
    tunnel.failure = exitCodeFor(status.reason.code);
    fmt::print(stderr, "{}", failureText(status, !tunnel.config.token.isEmpty()));
    if (allEnded())
        finish(m_stopping ? ExitCode::Stopped : m_tunnels.front().failure);
}

bool Program::allEnded() const
{
    return std::ranges::all_of(m_tunnels, [](const Tunnel &tunnel) {
        return tunnel.phase == client::Phase::Stopped || tunnel.phase == client::Phase::Failed;
    });
}

void Program::onExchanges(const client::ExchangeBatch &batch)
{
    m_view->setWidth(terminalWidth());
    std::string lines;
    quint64 finished = 0;
    for (const client::ExchangeSummary &exchange : batch) {
        m_view->exchange(lines, exchange);
        if (exchange.state == client::ExchangeState::Pending)
            continue;
        ++finished;
        m_totals.requestBytes += exchange.requestBytes;
        m_totals.responseBytes += exchange.responseBytes;
    }
    m_totals.requests += finished;
    if (!m_output.write(lines))
        m_missed += finished;
}

void Program::onDrained()
{
    if (m_missed == 0)
        return;
    std::string line;
    m_view->missed(line, std::exchange(m_missed, 0));
    [[maybe_unused]] const bool taken = m_output.write(line); // there is room: it was just drained
    Q_ASSERT(taken);
}

void Program::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    if (!m_engine)
        return finish(ExitCode::Stopped); // while the keychain is asked
    m_stopTimeout.start();
    for (const Tunnel &tunnel : m_tunnels) {
        if (tunnel.phase != client::Phase::Failed)
            m_engine->stop(tunnel.config.id);
    }
}

void Program::finish(ExitCode code)
{
    if (std::exchange(m_finished, true))
        return;
    if (code == ExitCode::Stopped) {
        onDrained();
        m_totals.runUs = m_running.nsecsElapsed() / 1000;
        std::string line;
        m_view->stopped(line, m_totals);
        if (!m_output.write(line))
            complain("ttf", "stopped");
    }
    m_output.drain(kDrainMs);
    QCoreApplication::exit(std::to_underlying(code));
}

} // namespace ttf
