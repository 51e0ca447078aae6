#include "ttf/argv_scrub.h"

#include <cstring>
#include <string_view>

namespace ttf {

namespace {

constexpr std::string_view kLong = "--token";

void overwrite(char *text)
{
    std::memset(text, '*', std::strlen(text));
}

// Where the value starts in an argument that may hold it: at the end when the next argument is the value; null when
// the argument is another one. `-vtVALUE` is a cluster of short options.
char *tokenValue(char *argument)
{
    const std::string_view text = argument;
    if (text == kLong)
        return argument + text.size();
    if (text.starts_with(kLong) && text[kLong.size()] == '=')
        return argument + kLong.size() + 1;
    if (text.size() < 2 || text[0] != '-' || text[1] == '-')
        return nullptr;
    const auto letter = text.find('t');
    return letter == std::string_view::npos ? nullptr : argument + letter + 1;
}

} // namespace

void scrubToken(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        char *value = tokenValue(argv[i]);
        if (!value)
            continue;
        if (*value != '\0')
            overwrite(value);
        else if (i + 1 < argc)
            overwrite(argv[++i]);
    }
}

} // namespace ttf
