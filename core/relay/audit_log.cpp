#include "relay/audit_log.h"

#include "relay/audit_file.h"
#include "relay/log_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace relay {

namespace {

constexpr std::string_view kJwtOwner = "jwt:";
constexpr std::size_t kShownDigestBytes = 8; // enough to tell some thousand tokens apart

std::string_view nameOf(AuditEvent event) noexcept
{
    switch (event) {
    case AuditEvent::Started: return "started";
    case AuditEvent::Connected: return "connected";
    case AuditEvent::Refused: return "refused";
    case AuditEvent::WouldBeRefused: return "would_be_refused";
    case AuditEvent::NameReserved: return "name_reserved";
    case AuditEvent::TakenOver: return "taken_over";
    case AuditEvent::Revoked: return "revoked";
    case AuditEvent::Disconnected: return "disconnected";
    case AuditEvent::KeysRead: return "keys_read";
    case AuditEvent::KeysKept: return "keys_kept";
    case AuditEvent::Stopped: break;
    }
    return "stopped";
}

void appendField(std::string &line, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    line.append(",\"").append(name).append("\":");
    appendQuoted(line, value);
}

} // namespace

std::string ownerText(std::string_view identity)
{
    if (identity.empty() || identity.starts_with(kJwtOwner))
        return std::string(identity);
    std::string text = "token:";
    for (const char byte : identity.substr(0, kShownDigestBytes))
        fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(byte));
    return text;
}

// What both threads touch, and the thread that writes.
class AuditLog::Writer {
public:
    explicit Writer(AuditFile file) : m_file(std::move(file)), m_thread([this] { run(); }) {}
    ~Writer()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_one();
        m_thread.join();
    }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    void add(const AuditEntry &entry);
    [[nodiscard]] std::optional<wire::Error> takeError()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_error, std::nullopt);
    }

private:
    void run();
    void write(std::string text, std::uint64_t lost);
    void beginLine(std::string &line, LogClock &clock, std::string_view event);

    AuditFile m_file; // the writing thread's
    LogClock m_writersClock;
    LogClock m_clock; // the relay's thread's, as is m_line
    std::string m_line;

    std::mutex m_mutex; // of what follows
    std::condition_variable m_wake;
    std::string m_pending;
    std::uint64_t m_lost = 0;
    std::optional<wire::Error> m_error;
    bool m_stop = false;

    std::thread m_thread;
};

void AuditLog::Writer::beginLine(std::string &line, LogClock &clock, std::string_view event)
{
    line += "{\"ts\":\"";
    clock.appendTo(line);
    line.append("\",\"event\":\"").append(event).append("\"");
}

void AuditLog::Writer::add(const AuditEntry &entry)
{
    m_line.clear();
    beginLine(m_line, m_clock, nameOf(entry.event));
    appendField(m_line, "tunnel_id", entry.tunnel);
    appendField(m_line, "owner", ownerText(entry.identity));
    appendField(m_line, "token_id", entry.claims ? std::string_view(entry.claims->id) : std::string_view());
    appendField(m_line, "client", entry.client);
    appendField(m_line, "connection_id", entry.connectionId);
    appendField(m_line, "code", entry.code);
    appendField(m_line, "reason", entry.reason);
    appendField(m_line, "file", entry.file);
    m_line += "}\n";
    {
        const std::scoped_lock lock(m_mutex);
        if (m_pending.size() + m_line.size() > wire::kAuditQueueBytes) {
            ++m_lost;
            return;
        }
        m_pending += m_line;
    }
    m_wake.notify_one();
}

void AuditLog::Writer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stop || !m_pending.empty(); });
        if (m_pending.empty())
            return;
        auto text = std::exchange(m_pending, {});
        const auto lost = std::exchange(m_lost, 0);
        lock.unlock();
        write(std::move(text), lost);
        lock.lock();
    }
}

void AuditLog::Writer::write(std::string text, std::uint64_t lost)
{
    if (lost > 0) {
        beginLine(text, m_writersClock, "entries_lost");
        fmt::format_to(std::back_inserter(text), ",\"entries\":{}}}\n", lost);
    }
    std::string_view rest = text;
    auto written = m_file.append(rest);
    if (written)
        return;
    const std::scoped_lock lock(m_mutex);
    m_error = std::move(written.error());
    m_lost += static_cast<std::uint64_t>(std::ranges::count(rest, '\n'));
}

AuditLog::AuditLog() = default;
AuditLog::~AuditLog() = default;
AuditLog::AuditLog(AuditLog &&) noexcept = default;
AuditLog &AuditLog::operator=(AuditLog &&) noexcept = default;

wire::Result<AuditLog> AuditLog::open(const AuditConfig &config)
{
    AuditLog log;
    if (config.file.empty())
        return log;
    auto file = AuditFile::open(config.file, {config.fileBytes, config.files});
    if (!file)
        return std::unexpected(std::move(file.error()));
    log.m_writer = std::make_unique<Writer>(*std::move(file));
    return log;
}

void AuditLog::record(const AuditEntry &entry)
{
    if (m_writer)
        m_writer->add(entry);
}

wire::Result<> AuditLog::check()
{
    if (!m_writer)
        return {};
    if (auto error = m_writer->takeError())
        return std::unexpected(*std::move(error));
    return {};
}

} // namespace relay
