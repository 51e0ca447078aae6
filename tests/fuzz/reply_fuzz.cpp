// What comes out of a reply queue, and the reply_to that a client sends: the first line is the token, the others are messages.
#include "fuzz/fuzz.h"
#include "gateway/reply_assembly.h"
#include "gateway/reply_token.h"

#include <algorithm>

namespace {

constexpr std::size_t kMostBytes = 100'000;
constexpr std::string_view kRequest = "req_01234567-89ab-4cde-8f01-23456789abcd";

std::string_view nextLine(std::string_view &text)
{
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto text = fuzz::textOf(data, size);
    static const auto keys = gateway::ReplyKeys::parse("a key that has at least 32 characters").value();
    const gateway::ReplyBinding binding{kRequest, "link"};
    fuzz::demand(!keys.verify(nextLine(text), binding, gateway::Time{}), "nobody guesses a token");

    gateway::ReplyAssembly assembly(std::string(kRequest), "link", kMostBytes);
    while (!text.empty()) {
        if (!assembly.add(nextLine(text)))
            return 0;
    }
    if (assembly.complete())
        fuzz::demand(assembly.takeBody().size() <= kMostBytes, "a body is within its limit");
    return 0;
}
