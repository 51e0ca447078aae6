// A text that must not leak: nothing prints, compares or converts it, reveal() is the one way to it, and its memory is
// overwritten when it goes. A value; it moves, and is copied by name only.
#pragma once

#include <string>
#include <string_view>

namespace wire {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) noexcept;
    explicit Secret(std::string_view text) : m_text(text) {}
    explicit Secret(const char *text) = delete; // one in the source is none
    ~Secret() { wipe(); }
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    [[nodiscard]] std::string_view reveal() const noexcept { return m_text; }
    [[nodiscard]] bool empty() const noexcept { return m_text.empty(); }
    [[nodiscard]] Secret copy() const { return Secret(reveal()); }

private:
    void wipe() noexcept;

    std::string m_text;
};

// Overwrites a text that was a secret, and empties it; no compiler leaves that out.
void wipe(std::string &text) noexcept;

} // namespace wire
