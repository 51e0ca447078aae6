#include "ttf/run_plan.h"

#include "settings/tunnels_file.h"
#include "ttf/login_file.h"

#include <QFileInfo>
#include <QSet>
#include <fmt/core.h>

#include <algorithm>

namespace ttf {

using settings::TunnelEntry;
using wire::Code;
using wire::fail;
using wire::Result;

namespace {

Result<QList<TunnelEntry>> chosenByName(const QList<TunnelEntry> &entries, const Options &options)
{
    QList<TunnelEntry> chosen;
    for (const QString &name : options.names) {
        const auto found = std::ranges::find(entries, name, &TunnelEntry::name);
        if (found == entries.end())
            return fail(Code::InvalidRequest, fmt::format("{} has no tunnel named \"{}\"",
                                                          options.configPath.toStdString(), name.toStdString()));
        chosen.append(*found);
    }
    return chosen;
}

Result<QList<TunnelEntry>> entriesToStart(const Options &options)
{
    auto entries = settings::readTunnelsFile(options.configPath);
    if (!entries)
        return entries;
    if (!options.names.isEmpty())
        return chosenByName(*entries, options);
    entries->removeIf([](const TunnelEntry &entry) { return !entry.autostart; });
    if (entries->isEmpty())
        return fail(Code::InvalidRequest, fmt::format("{}: every tunnel has autostart = false: name those to start",
                                                      options.configPath.toStdString()));
    return entries;
}

// The tunnel of the options, with the rules that need a file or the time.
Result<TunnelEntry> withAccess(const Options &options)
{
    TunnelEntry entry = options.tunnel;
    auto &rules = entry.access.rules;
    if (options.openFor)
        rules.expires = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + *options.openFor;
    if (options.loginFile.isEmpty())
        return entry;
    auto logins = readLoginFile(options.loginFile);
    if (!logins)
        return std::unexpected(std::move(logins).error());
    rules.logins = *std::move(logins);
    if (auto checked = settings::checkAccess(entry.access); !checked)
        return std::unexpected(std::move(checked).error());
    return entry;
}

// Nobody sits at a window of ttf's.
Result<> checkNobodyIsAsked(const QList<TunnelEntry> &entries)
{
    for (const TunnelEntry &entry : entries) {
        if (entry.access.rules.askFirst)
            return fail(
                Code::InvalidRequest,
                fmt::format("the tunnel to {} has ask_first: ttf cannot ask you about visitors. Start it in the "
                            "window of HTTP Tunnel, or take ask_first out",
                            settings::targetText(entry.target).toStdString()));
    }
    return {};
}

QString freeId(const TunnelEntry &entry, const QSet<QString> &taken)
{
    const QString wished = entry.name.isEmpty() ? settings::targetText(entry.target) : entry.name;
    QString id = wished;
    for (int number = 2; taken.contains(id); ++number)
        id = QStringLiteral("%1 (%2)").arg(wished).arg(number);
    return id;
}

RunPlan planFor(const QString &key, const QList<TunnelEntry> &entries)
{
    RunPlan plan{key, {}};
    QSet<QString> taken;
    for (const TunnelEntry &entry : entries) {
        const QString id = freeId(entry, taken);
        taken.insert(id);
        plan.tunnels.append({id, entry});
    }
    return plan;
}

bool isEmbedded(const PlannedTunnel &tunnel)
{
    return tunnel.entry.server.isEmpty();
}

} // namespace

bool RunPlan::needsRelay() const
{
    return std::ranges::any_of(tunnels, isEmbedded);
}

Result<RunPlan> makePlan(const Options &options)
{
    if (options.command == Command::Start) {
        const auto entries = entriesToStart(options);
        if (!entries)
            return std::unexpected(entries.error());
        if (auto fine = checkNobodyIsAsked(*entries); !fine)
            return std::unexpected(fine.error());
        return planFor(QFileInfo(options.configPath).canonicalFilePath(), *entries);
    }
    auto read = withAccess(options);
    if (!read)
        return std::unexpected(std::move(read).error());
    TunnelEntry entry = *std::move(read);
    if (options.command == Command::Http)
        return planFor(settings::targetText(entry.target), {entry});
    const QString demo = QStringLiteral("demo");
    if (entry.name.isEmpty() && entry.server.isEmpty())
        entry.name = demo;
    return RunPlan{demo, {{entry.name.isEmpty() ? demo : entry.name, entry}}};
}

void nameTunnels(RunPlan &plan, settings::AppState &state, const QDateTime &now)
{
    QSet<QString> taken;
    for (const PlannedTunnel &tunnel : plan.tunnels)
        taken.insert(tunnel.entry.name);
    for (PlannedTunnel &tunnel : plan.tunnels) {
        if (!isEmbedded(tunnel) || !tunnel.entry.name.isEmpty())
            continue;
        // A second tunnel to the same target has an id, and so a name, of its own.
        const QString name = state.nameFor(tunnel.id, now);
        if (!taken.contains(name))
            tunnel.entry.name = name;
        taken.insert(name);
    }
}

} // namespace ttf
