// Field names as CGI, WSGI, Rack and PHP see them: one variable stands for all fields whose names differ in case, or in "_"
// for "-" (RFC 3875 4.1.18). Rules about fields have to go by this where a service might. Pure; any thread.
#pragma once

#include <string_view>

namespace wire {

[[nodiscard]] bool sameVariableName(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] bool beginsVariableName(std::string_view name, std::string_view begin) noexcept;

} // namespace wire
