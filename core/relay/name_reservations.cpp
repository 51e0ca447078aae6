#include "relay/name_reservations.h"

#include "relay/text_file.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace relay {

using wire::Code;
using wire::Result;

Result<NameReservations> NameReservations::load(std::filesystem::path file)
{
    NameReservations names;
    names.m_file = std::move(file);
    std::error_code error;
    if (!std::filesystem::exists(names.m_file, error))
        return names;
    const auto text = readTextFile(names.m_file, wire::kMaxReservationFileBytes);
    if (!text)
        return std::unexpected(text.error());
    if (auto parsed = names.parse(*text); !parsed)
        return std::unexpected(std::move(parsed.error()));
    return names;
}

NameReservations::~NameReservations()
{
    if (m_writing.valid())
        m_writing.wait();
}

bool NameReservations::parseLine(std::string_view line)
{
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos || second + 1 == line.size())
        return false;
    const auto name = line.substr(0, first);
    int day = 0;
    const auto *end = line.data() + second;
    const auto [stop, error] = std::from_chars(line.data() + first + 1, end, day);
    if (!wire::checkTunnelName(name) || error != std::errc{} || stop != end || day < 0 ||
        m_names.size() >= wire::kMaxReservations)
        return false;
    const std::string owner(line.substr(second + 1));
    const bool isNew = m_names.emplace(name, Entry{owner, Day(std::chrono::days(day))}).second;
    m_counts[owner] += isNew ? 1 : 0;
    return isNew;
}

Result<> NameReservations::parse(std::string_view text)
{
    for (unsigned number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#')
            continue;
        if (!parseLine(line))
            return wire::fail(Code::InvalidRequest,
                              fmt::format("{}:{}: is no `NAME DAY OWNER`, or one name too many; names would be given "
                                          "away, so the relay does not start",
                                          m_file.string(), number));
    }
    return {};
}

std::string NameReservations::text() const
{
    std::string text = "# Names of tunnel-relay and whom they belong to: NAME, day of last use since 1970, owner.\n";
    for (const auto &[name, entry] : m_names)
        fmt::format_to(std::back_inserter(text), "{} {} {}\n", name, entry.used.time_since_epoch().count(),
                       entry.owner);
    return text;
}

bool NameReservations::isOthers(std::string_view name, std::string_view owner) const
{
    const auto found = m_names.find(name);
    return found != m_names.end() && found->second.owner != owner;
}

Result<> NameReservations::checkRoom(std::string_view name, std::string_view owner) const
{
    if (isOthers(name, owner))
        return wire::fail(Code::NameTaken, "this name belongs to somebody else");
    if (m_names.size() >= wire::kMaxReservations && !m_names.contains(name))
        return wire::fail(Code::RateLimited, "this relay keeps no more names; ask for one that you had before");
    return {};
}

void NameReservations::dropOldestOf(const std::string &owner)
{
    auto oldest = m_names.end();
    for (auto at = m_names.begin(); at != m_names.end(); ++at) {
        if (at->second.owner == owner && (oldest == m_names.end() || at->second.used < oldest->second.used))
            oldest = at;
    }
    m_names.erase(oldest);
}

bool NameReservations::reserve(const std::string &name, const std::string &owner)
{
    if (const auto found = m_names.find(name); found != m_names.end()) {
        m_changed = m_changed || found->second.used != m_today;
        found->second.used = m_today;
        return false;
    }
    auto &count = m_counts[owner];
    if (count >= wire::kMaxReservationsPerOwner)
        dropOldestOf(owner);
    else
        ++count;
    m_names.emplace(name, Entry{owner, m_today});
    m_changed = true;
    return true;
}

void NameReservations::startWriting()
{
    m_changed = false;
    m_writing = std::async(std::launch::async, [file = m_file, text = text()] { return writePrivateFile(file, text); });
}

Result<> NameReservations::update(Day today)
{
    if (m_today != today) {
        m_today = today;
        const auto gone = std::erase_if(m_names, [&](const auto &entry) {
            const bool old = entry.second.used != Day{} && today - entry.second.used >= wire::kReservationLife;
            if (old && --m_counts[entry.second.owner] == 0)
                m_counts.erase(entry.second.owner);
            return old;
        });
        m_changed = m_changed || gone > 0;
    }
    if (m_file.empty())
        return {};
    Result<> outcome;
    if (m_writing.valid()) {
        if (m_writing.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            return {};
        outcome = m_writing.get();
        m_changed = m_changed || !outcome;
        if (!outcome)
            return outcome; // once more the next time
    }
    if (m_changed)
        startWriting();
    return outcome;
}

Result<> NameReservations::finish()
{
    if (m_file.empty())
        return {};
    Result<> outcome;
    if (m_writing.valid())
        outcome = m_writing.get();
    if (!m_changed && outcome)
        return {};
    return writePrivateFile(m_file, text());
}

} // namespace relay
