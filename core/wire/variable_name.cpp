#include "wire/variable_name.h"

#include <algorithm>

namespace wire {

namespace {

char plain(char c) noexcept
{
    if (c == '_')
        return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

} // namespace

bool sameVariableName(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, plain, plain);
}

bool beginsVariableName(std::string_view name, std::string_view begin) noexcept
{
    return sameVariableName(name.substr(0, begin.size()), begin);
}

} // namespace wire
