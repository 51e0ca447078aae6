// Which name belongs to whom: to the owner who had it first, online or not, over a restart of the relay. Kept in a small
// file, a line each (`NAME LAST-DAY OWNER`), written whole and atomically by a thread of its own, so that a slow disk
// delays nobody. Names nobody used for kReservationLife are free again. Owned by Context; relay thread only.
#pragma once

#include "wire/result.h"

#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <string>
#include <string_view>

namespace relay {

class NameReservations {
public:
    using Day = std::chrono::sys_days;

    // Kept in memory only.
    NameReservations() = default;
    // A file that is missing is empty. InvalidRequest for one that cannot be read or understood: to begin anew would give
    // names away.
    [[nodiscard]] static wire::Result<NameReservations> load(std::filesystem::path file);
    ~NameReservations(); // waits for the file
    NameReservations(NameReservations &&) noexcept = default;
    NameReservations &operator=(NameReservations &&) = delete;

    [[nodiscard]] bool isOthers(std::string_view name, std::string_view owner) const;
    // NameTaken for a name of somebody else's; RateLimited when it is nobody's and there is no room for one more.
    [[nodiscard]] wire::Result<> checkRoom(std::string_view name, std::string_view owner) const;
    // Only after checkRoom(). An owner with too many names loses the one unused for longest. True when it was nobody's.
    bool reserve(const std::string &name, const std::string &owner);
    // Now and then: the date, and the file brought up to date when something changed. The error of the last writing.
    [[nodiscard]] wire::Result<> update(Day today);
    // Before the end: writes what is not written yet, and waits.
    [[nodiscard]] wire::Result<> finish();

    [[nodiscard]] std::size_t size() const noexcept { return m_names.size(); }

private:
    struct Entry {
        std::string owner;
        Day used{};
    };

    [[nodiscard]] wire::Result<> parse(std::string_view text);
    [[nodiscard]] bool parseLine(std::string_view line);
    [[nodiscard]] std::string text() const;
    void dropOldestOf(const std::string &owner);
    void startWriting();

    std::filesystem::path m_file; // empty: none
    std::map<std::string, Entry, std::less<>> m_names;
    std::map<std::string, std::size_t, std::less<>> m_counts; // of an owner's names
    Day m_today{};
    bool m_changed = false;
    std::future<wire::Result<>> m_writing;
};

} // namespace relay
