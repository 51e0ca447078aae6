#include "workspace/workspace.h"

#include "wire/limits.h"
#include "workspace/config_mapping.h"
#include "workspace/server_trial.h"

#include <algorithm>

namespace workspace {

using settings::TunnelEntry;
using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr auto kMaxTunnels = static_cast<qsizetype>(wire::kMaxTunnelsPerFile);

const QString kTunnelsNotice = QStringLiteral("tunnels");
const QString kMemoryNotice = QStringLiteral("memory");
const QString kKeyringNotice = QStringLiteral("keyring");
const QString kStateNotice = QStringLiteral("state");
const QString kPreferencesNotice = QStringLiteral("preferences");

client::EngineOptions withCapture(client::EngineOptions options, const settings::Preferences &preferences)
{
    options.captureBodyBytes = preferences.recordBodies ? qint64(wire::kCapturedBodyBytes) : 0;
    return options;
}

} // namespace

Workspace::Workspace(Parts parts, Paths paths, client::EngineOptions options, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_paths(std::move(paths)),
      m_preferencesFile(m_paths.configFolder),
      m_preferencesRead(m_preferencesFile.load()),
      m_preferences(m_preferencesRead.value_or(settings::Preferences{})),
      m_memory(m_paths.stateFolder),
      m_list(m_paths.tunnelsFile),
      m_names(m_list),
      m_expiries(m_memory, m_notices),
      m_relayStart(parts.relay, m_memory, [this](const Notice &notice) { m_notices.tell(notice); }),
      m_engine(std::make_unique<client::Engine>(withCapture(options, m_preferences))),
      m_visitors(std::make_unique<VisitorQuestions>(*m_engine)),
      m_runs(std::make_unique<TunnelRuns>(
          TunnelRuns::Parts{*m_engine, m_list, parts.relay, m_relayStart, m_memory, parts.secrets}))
{
    connectList();
    connect(&m_notices, &NoticeBoard::noticed, this, &Workspace::noticed);
    connect(m_runs.get(), &TunnelRuns::statusChanged, this, &Workspace::refreshOverall);
    connect(m_runs.get(), &TunnelRuns::tokenFound, this, [this](const QUrl &server, const client::Token &token) {
        m_expiries.note(server, settings::tokenExpiry(token.reveal().toStdString()));
    });
    connect(m_runs.get(), &TunnelRuns::tokensAwaited, this, [this](bool waits) {
        m_notices.tell({kKeyringNotice,
                        waits ? tr("Tunnels wait for their saved tokens. Answer the window that asks for a password: "
                                   "your keyring's, or that of the file with the tokens.")
                              : QString(),
                        false});
    });
}

Workspace::~Workspace() = default;

void Workspace::connectList()
{
    connect(&m_list, &TunnelList::aboutToInsert, this, &Workspace::aboutToInsert);
    connect(&m_list, &TunnelList::inserted, this, &Workspace::inserted);
    connect(&m_list, &TunnelList::aboutToRemove, this, &Workspace::aboutToRemove);
    connect(&m_list, &TunnelList::removed, this, &Workspace::removed);
    connect(&m_list, &TunnelList::changed, this, &Workspace::changed);
    connect(&m_list, &TunnelList::foundOutside, this, &Workspace::onFound);
    connect(&m_list, &TunnelList::editedOutside, this, [this](const QString &id) {
        if (find(id)->wanted)
            m_runs->start(id);
    });
    connect(&m_list, &TunnelList::lostOutside, this, [this](const QString &id) { m_runs->forget(id); });
    connect(&m_list, &TunnelList::reread, this, [this] {
        m_notices.tell({kTunnelsNotice,
                        tr("%1 was changed by another program. The list shows what it says now.").arg(m_list.path()),
                        false});
        rememberOpen();
    });
}

// --- Opening ---------------------------------------------------------------------------------------------------------

void Workspace::open()
{
    if (!m_preferencesRead)
        m_notices.tell(
            {kPreferencesNotice, tr("The settings could not be read, so the defaults are used until you change one: %1")
                                     .arg(QString::fromStdString(m_preferencesRead.error().message))});
    m_notices.tell(kMemoryNotice, m_memory.load(), tr("What was open the last time is not known"));
    const auto loaded = m_list.load();
    m_notices.tell(
        kTunnelsNotice, loaded,
        tr("The list of tunnels cannot be read, so it is empty. Mend the file or move it away, then add a tunnel"));
    for (qsizetype i = 0; i < tunnels().size(); ++i)
        onFound(tunnels()[i].id);
    if (loaded)
        rememberOpen();
    Q_EMIT opened();
}

// New in the list: opened when it was open before, as in a file that can be read again.
void Workspace::onFound(const QString &id)
{
    const qsizetype index = m_list.indexOf(id);
    const bool wanted = m_memory.wasOpen(tunnels()[index].entry);
    m_list.update(index, [&](TunnelInfo &tunnel) {
        tunnel.wanted = wanted;
        tunnel.publicUrl = m_runs->expectedUrl(tunnel.entry);
    });
    if (wanted)
        m_runs->start(id);
}

// --- The list --------------------------------------------------------------------------------------------------------

Result<> Workspace::checkNew(const TunnelEntry &entry, const QString &except) const
{
    if (const QString fault = nameFault(entry.name, entry.server, except); !fault.isEmpty())
        return fail(Code::NameTaken, fault.toStdString());
    return settings::checkEntry(entry);
}

Result<> Workspace::checkRoom() const
{
    if (tunnels().size() < kMaxTunnels)
        return {};
    return fail(Code::InvalidRequest,
                tr("There are %1 tunnels already: remove one first.").arg(kMaxTunnels).toStdString());
}

Result<qsizetype> Workspace::indexOf(const QString &id) const
{
    const qsizetype index = m_list.indexOf(id);
    if (index < 0)
        return fail(Code::TunnelNotFound, tr("This tunnel is no longer in the list.").toStdString());
    return index;
}

Result<QString> Workspace::insert(qsizetype index, const TunnelEntry &entry)
{
    TunnelInfo tunnel = TunnelList::made(entry);
    tunnel.publicUrl = m_runs->expectedUrl(entry);
    auto saved = checkRoom();
    if (saved)
        saved = checkNew(entry);
    if (saved)
        saved = m_list.insert(index, tunnel);
    if (!saved)
        return std::unexpected(std::move(saved).error());
    m_notices.tell({kTunnelsNotice, {}});
    return tunnel.id;
}

Result<QString> Workspace::add(const TunnelEntry &entry)
{
    TunnelEntry named = entry;
    if (named.name.isEmpty())
        named.name = m_names.draw(entry);
    auto id = insert(tunnels().size(), named);
    if (id)
        start(*id);
    return id;
}

Result<QString> Workspace::duplicate(const QString &id)
{
    const auto index = indexOf(id);
    if (!index)
        return std::unexpected(index.error());
    TunnelEntry copy = tunnels()[*index].entry;
    copy.name = m_names.next(copy);
    return insert(*index + 1, copy);
}

Result<> Workspace::edit(const QString &id, const TunnelEntry &entry)
{
    const auto index = indexOf(id);
    if (!index)
        return std::unexpected(index.error());
    if (auto fine = checkNew(entry, id); !fine)
        return fine;
    const TunnelInfo former = tunnels()[*index];
    if (former.entry == entry)
        return {};
    const bool moves = former.entry.name != entry.name || former.entry.server != entry.server;
    const auto saved = m_list.replace(*index, entry, [&](TunnelInfo &tunnel) {
        if (moves)
            tunnel.publicUrl = m_runs->expectedUrl(entry);
    });
    if (!saved)
        return saved;
    rememberOpen();
    if (former.wanted)
        m_runs->start(id);
    return {};
}

Result<> Workspace::remove(const QString &id)
{
    const auto index = indexOf(id);
    if (!index)
        return std::unexpected(index.error());
    const TunnelInfo tunnel = tunnels()[*index];
    if (auto saved = m_list.remove(*index); !saved)
        return saved;
    m_runs->forget(id);
    m_removed = Removed{*index, tunnel};
    rememberOpen();
    refreshOverall();
    return {};
}

bool Workspace::undoRemove()
{
    if (!m_removed)
        return false;
    TunnelInfo tunnel = m_removed->tunnel;
    tunnel.entry.name = m_names.next(tunnel.entry);
    tunnel.status = {};
    tunnel.status.id = tunnel.id;
    tunnel.publicUrl = m_runs->expectedUrl(tunnel.entry);
    const auto saved = m_list.insert(std::min(m_removed->index, tunnels().size()), tunnel);
    m_notices.tell(QStringLiteral("undo"), saved, tr("The tunnel could not be brought back"));
    if (!saved)
        return false;
    m_removed.reset();
    rememberOpen();
    if (tunnel.wanted)
        m_runs->start(tunnel.id);
    return true;
}

// --- Running ---------------------------------------------------------------------------------------------------------

QStringList Workspace::ids(const std::function<bool(const TunnelInfo &)> &which) const
{
    QStringList found;
    for (const TunnelInfo &tunnel : tunnels()) {
        if (which(tunnel))
            found.append(tunnel.id);
    }
    return found;
}

// On disk before anything happens: a crash in the middle finds what the user wanted.
void Workspace::setWanted(const QStringList &ids, bool wanted)
{
    if (ids.isEmpty())
        return;
    for (const QString &id : ids)
        m_list.update(m_list.indexOf(id), [wanted](TunnelInfo &tunnel) { tunnel.wanted = wanted; });
    rememberOpen();
}

void Workspace::rememberOpen()
{
    QList<TunnelEntry> open;
    for (const TunnelInfo &tunnel : tunnels()) {
        if (tunnel.wanted)
            open.append(tunnel.entry);
    }
    m_notices.tell(kStateNotice, m_memory.rememberOpen(open),
                   tr("What is open now will not be known at the next start"));
}

void Workspace::start(const QString &id)
{
    const TunnelInfo *tunnel = find(id);
    if (!tunnel || (tunnel->wanted && tunnel->running()))
        return;
    setWanted({id}, true);
    m_runs->start(id);
}

void Workspace::stop(const QString &id)
{
    if (!find(id))
        return;
    setWanted({id}, false);
    m_runs->stop(id);
}

void Workspace::setPaused(const QString &id, bool paused)
{
    if (find(id))
        m_engine->setPaused(id, paused);
}

void Workspace::startAll()
{
    const QStringList all = ids([](const TunnelInfo &tunnel) { return !tunnel.wanted || !tunnel.running(); });
    setWanted(all, true);
    for (const QString &id : all)
        m_runs->start(id);
}

void Workspace::stopAll()
{
    const QStringList open = ids(&TunnelInfo::wanted);
    setWanted(open, false);
    for (const QString &id : open)
        m_runs->stop(id);
}

void Workspace::reconnect(const QString &id)
{
    const TunnelInfo *tunnel = find(id);
    if (!tunnel)
        return;
    if (!tunnel->wanted)
        setWanted({id}, true);
    m_runs->reconnect(id);
}

void Workspace::reconnectAll()
{
    for (const QString &id : ids(&TunnelInfo::wanted))
        m_runs->reconnect(id);
}

void Workspace::refreshOverall()
{
    if (const Overall now = overallOf(tunnels()); now != m_overall) {
        m_overall = now;
        Q_EMIT overallChanged(now);
    }
}

std::optional<client::LocalTarget> Workspace::targetOf(const QString &id) const
{
    const TunnelInfo *tunnel = find(id);
    return tunnel ? std::optional(toConfig(tunnel->entry, id, {}).target) : std::nullopt;
}

// --- Servers, preferences, notices -----------------------------------------------------------------------------------

void Workspace::tokenChanged(const QUrl &server)
{
    for (const QString &id : ids([&server](const TunnelInfo &tunnel) {
             return tunnel.wanted && !tunnel.onEmbeddedRelay() && sameServer(tunnel.entry.server, server);
         }))
        m_runs->start(id);
}

void Workspace::tokensChanged()
{
    const auto needs = [](const TunnelInfo &tunnel) {
        return tunnel.failed() && !tunnel.onEmbeddedRelay() && tunnel.status.reason.code == Code::Unauthorized;
    };
    for (const QString &id : ids(needs))
        m_runs->start(id);
}

void Workspace::testServer(const QUrl &server, const settings::Secret &typed, QObject *context, const TestDone &done)
{
    tryServer(*m_engine, m_parts.secrets, server, typed, context, done);
}

Result<> Workspace::setPreferences(const settings::Preferences &preferences)
{
    if (preferences == m_preferences && m_preferencesRead)
        return {};
    if (auto saved = m_preferencesFile.save(preferences); !saved)
        return saved;
    m_preferences = preferences;
    m_preferencesRead = preferences;
    m_notices.tell({kPreferencesNotice, {}});
    Q_EMIT preferencesChanged();
    return {};
}

} // namespace workspace
