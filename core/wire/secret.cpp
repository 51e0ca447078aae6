#include "wire/secret.h"

#include <utility>

namespace wire {

void wipe(std::string &text) noexcept
{
    text.resize(text.capacity()); // what a longer text left behind counts, too
    volatile char *bytes = text.data();
    for (std::size_t i = 0; i < text.size(); ++i)
        bytes[i] = 0;
    text.clear();
}

// Moving a short text copies it: what is left behind is overwritten as well.
Secret::Secret(std::string text) noexcept : m_text(std::move(text))
{
    wire::wipe(text);
}

Secret::Secret(Secret &&other) noexcept : m_text(std::move(other.m_text))
{
    other.wipe();
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this == &other)
        return *this;
    wipe();
    m_text = std::move(other.m_text);
    other.wipe();
    return *this;
}

void Secret::wipe() noexcept
{
    wire::wipe(m_text);
}

} // namespace wire
