// One run of ttf: builds what the options ask for (embedded relay, sample site, engine, view), passes the engine's
// values to the view and decides when to end. Main thread, owned by main; ends by QCoreApplication::exit.
#pragma once

#include "client/engine.h"
#include "embedded/embedded_relay.h"
#include "embedded/stop_signals.h"
#include "settings/app_state.h"
#include "settings/secret_store.h"
#include "ttf/arguments.h"
#include "ttf/exit_code.h"
#include "ttf/output.h"
#include "ttf/run_plan.h"
#include "ttf/sample_server.h"
#include "ttf/saved_tokens.h"
#include "ttf/secrets_unlock.h"
#include "ttf/view.h"

#include <QElapsedTimer>
#include <QTimer>

#include <expected>
#include <memory>
#include <optional>
#include <vector>

namespace ttf {

class Program : public QObject {
    Q_OBJECT
public:
    // `secrets`: where tokens are that were saved for servers; `vault`: the same, when it may have to be unlocked.
    // Borrowed.
    Program(Options options, QByteArray environmentToken, settings::SecretStore &secrets,
            settings::SecretVault *vault = nullptr);

    // Nothing when the event loop shall run; otherwise what was wrong is on stderr.
    [[nodiscard]] std::optional<ExitCode> start();

private:
    struct Tunnel {
        client::TunnelConfig config;
        settings::AccessEntry access{}; // where the secrets of its rules are
        client::Phase phase = client::Phase::Idle;
        ExitCode failure = ExitCode::Internal; // with Phase::Failed
    };
    template <class T = void>
    using Outcome = std::expected<T, ExitCode>; // the failure is already on stderr

    Outcome<client::Token> token(const settings::TunnelEntry &entry);
    Outcome<> serveSampleSite(RunPlan &plan);
    Outcome<> startRelay(RunPlan &plan);
    void rememberRelay(RunPlan &plan);
    Outcome<> configure(const RunPlan &plan);
    void makeView();
    void unlockSecrets();
    void onUnlocked(const wire::Result<> &unlocked);
    void findSavedTokens();
    void onSavedTokens(const SavedTokensAnswer &answer);
    void findAccessSecrets();
    void onAccessSecrets(const QString &id, const wire::Result<guard::Secrets> &secrets);
    void startEngine();

    void onStatus(const client::TunnelStatus &status);
    void onExchanges(const client::ExchangeBatch &batch);
    void onLogged(const QString &level, const QString &line) const;
    void onFailed(Tunnel &tunnel, const client::TunnelStatus &status);
    void onDrained();
    [[nodiscard]] bool allEnded() const;
    void stop();
    void finish(ExitCode code);

    Options m_options;
    QByteArray m_environmentToken;
    settings::AppStateFile m_state;
    std::vector<Tunnel> m_tunnels;
    std::unique_ptr<View> m_view;
    Output m_output;
    embedded::StopSignals m_signals;
    settings::SecretStore &m_secrets;
    SavedTokens m_saved;
    std::unique_ptr<SecretsUnlock> m_unlock; // null: nothing has to be unlocked
    std::size_t m_secretsAwaited = 0; // tunnels whose secrets are being read
    QTimer m_stopTimeout;
    QElapsedTimer m_running;
    Totals m_totals;
    quint64 m_missed = 0; // requests that the output had no room for
    bool m_stopping = false;
    bool m_finished = false;
    std::unique_ptr<SampleServer> m_sample;
    std::unique_ptr<embedded::EmbeddedRelay> m_relay; // outlives the engine, whose links it ends otherwise
    std::unique_ptr<client::Engine> m_engine;
};

} // namespace ttf
