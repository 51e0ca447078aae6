#include "settings/pasted_server.h"

#include "settings/tunnel_entry.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

using nlohmann::json;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kQuotes = "\"'`";
constexpr int kMaxDepth = 8; // of a snippet of JSON
constexpr std::array<std::string_view, 7> kTokenNames{"token",  "tunnel_token", "access_token", "t",
                                                      "bearer", "relay_token",  "authorization"};
constexpr std::array<std::string_view, 7> kServerNames{"relay", "server",    "url",       "endpoint",
                                                       "e",     "relay_url", "server_url"};
constexpr std::array<std::string_view, 2> kFileNames{"token_file", "token-file"}; // of the token: not the token

bool isOneOf(std::string_view name, const auto &names)
{
    return std::ranges::find(names, name) != names.end();
}

// "--Token" -> "token"
std::string nameOf(std::string_view word)
{
    const auto start = word.find_first_not_of('-');
    std::string name(start == std::string_view::npos ? std::string_view() : word.substr(start));
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return name;
}

std::string_view stripped(std::string_view word)
{
    constexpr std::string_view kAround = "\"'`,;<>()[]{}";
    const auto first = word.find_first_not_of(kAround);
    return first == std::string_view::npos ? std::string_view()
                                           : word.substr(first, word.find_last_not_of(kAround) - first + 1);
}

bool isAddress(std::string_view word)
{
    return word.find("://") != std::string_view::npos;
}

bool isToken(std::string_view word)
{
    return !word.empty() && word.size() <= wire::kMaxTokenBytes && !isAddress(word) &&
           std::ranges::all_of(word, [](char c) { return c > ' ' && c < '\x7f'; });
}

// HEAD.PAYLOAD.SIGNATURE, of which the first begins like all JSON objects do in base64.
bool looksLikeJwt(std::string_view word)
{
    return word.starts_with("eyJ") && std::ranges::count(word, '.') == 2 && isToken(word);
}

// Words between blanks, without comments; a text in quotes is one, and "=" stands for itself.
std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    while (true) {
        const auto start = text.find_first_not_of(kBlanks);
        if (start == std::string_view::npos)
            return words;
        text.remove_prefix(start);
        std::size_t end = text.find_first_of(text.front() == '#' ? "\n" : kBlanks);
        if (kQuotes.find(text.front()) != std::string_view::npos) {
            const auto close = text.find(text.front(), 1);
            end = close == std::string_view::npos ? end : close + 1;
        }
        const auto word = text.substr(0, end);
        if (word.front() != '#' && word != "\\" && word != "export")
            words.push_back(word);
        text.remove_prefix(word.size());
    }
}

// Gathers what stands under names, and what may be a token without one.
class Finding {
public:
    void named(std::string_view name, std::string_view value)
    {
        if (isOneOf(name, kTokenNames))
            token(value);
        else if (isOneOf(name, kServerNames))
            server(value);
    }
    void token(std::string_view value)
    {
        const auto word = stripped(value);
        if (nameOf(word) == "bearer")
            return; // the token is the next word
        if (!isToken(word))
            m_wrongToken = true;
        else if (m_token && *m_token != word)
            m_two = true;
        else
            m_token = std::string(word);
    }
    void server(std::string_view value)
    {
        const auto url = parseServer(stripped(value));
        if (!url)
            m_wrongServer = true;
        else if (m_server.isEmpty())
            m_server = *url;
    }
    void loose(std::string_view word)
    {
        if (isAddress(word))
            server(word);
        else
            m_loose.push_back(stripped(word));
    }

    Result<PastedServer> outcome();

private:
    void chooseLoose();

    std::optional<std::string> m_token;
    QUrl m_server;
    std::vector<std::string_view> m_loose;
    bool m_wrongToken = false;
    bool m_wrongServer = false;
    bool m_two = false;
};

// A word without a name is the token when it is a JWT, or nothing else is there and it is long enough for one.
void Finding::chooseLoose()
{
    for (const auto word : m_loose) {
        if (looksLikeJwt(word))
            token(word);
    }
    if (!m_token && m_loose.size() == 1 && m_loose.front().size() >= wire::kMinAccessTokenBytes)
        token(m_loose.front());
}

Result<PastedServer> Finding::outcome()
{
    if (!m_token)
        chooseLoose();
    if (m_two)
        return fail(Code::InvalidRequest, "There are two tokens in what was copied: copy the one you need.");
    if (m_wrongToken && !m_token)
        return fail(Code::InvalidRequest,
                    "The token in what was copied is not one: a token is one word of visible characters.");
    if (m_wrongServer && m_server.isEmpty())
        return fail(Code::InvalidRequest, "The address in what was copied is not a server's: write https://HOST of a "
                                          "tunnel-relay, or a wss:// address.");
    if (!m_token && m_server.isEmpty())
        return fail(Code::InvalidRequest,
                    "There is neither a token nor a server's address in what was copied. Copy the token, or the whole "
                    "command that you were given: ttf http 3000 --relay https://HOST --token TOKEN");
    return PastedServer{m_server, Secret(QByteArray::fromStdString(m_token.value_or(std::string())))};
}

// "Bearer X", or `Authorization: Bearer X` as the value of a name.
std::string_view withoutScheme(std::string_view value)
{
    const auto word = stripped(value);
    const auto space = word.find(' ');
    return space != std::string_view::npos && nameOf(word.substr(0, space)) == "bearer"
               ? word.substr(word.find_last_of(' ') + 1)
               : value;
}

void readWords(const std::vector<std::string_view> &words, Finding &found)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const bool more = i + 1 < words.size();
        const auto sign = isAddress(word.substr(0, word.find('='))) ? std::string_view::npos : word.find('=');
        const bool colon = word.ends_with(':') && word.size() > 1;
        const std::string name = nameOf(stripped(word.substr(0, colon ? word.size() - 1 : sign)));
        const bool known = isOneOf(name, kTokenNames) || isOneOf(name, kServerNames) || isOneOf(name, kFileNames);
        const bool option = word.starts_with('-') || colon || name == "bearer";
        if (known && sign != std::string_view::npos && sign > 0 && sign + 1 < word.size()) {
            found.named(name, withoutScheme(word.substr(sign + 1)));
        } else if (known && more && (option || words[i + 1] == "=" || words[i + 1] == ":")) {
            i += std::size_t(words[i + 1] == "=" || words[i + 1] == ":" ? 2 : 1);
            if (i < words.size())
                found.named(name, withoutScheme(words[i]));
            if (i < words.size() && nameOf(stripped(words[i])) == "bearer" && i + 1 < words.size())
                found.token(words[++i]);
        } else if (const auto inside = stripped(word); inside.find(' ') != std::string_view::npos) {
            readWords(wordsOf(inside), found); // a text in quotes: a header, for example
        } else {
            found.loose(word);
        }
    }
}

// A member whose name says token or server, at whatever depth.
void readJson(const json &value, Finding &found)
{
    if (value.is_array()) {
        for (const json &item : value)
            readJson(item, found);
    }
    if (!value.is_object())
        return;
    for (const auto &[key, member] : value.items()) {
        if (member.is_string())
            found.named(nameOf(key), withoutScheme(member.get_ref<const std::string &>()));
        else
            readJson(member, found);
    }
}

} // namespace

Result<PastedServer> readPastedServer(std::string_view text)
{
    if (text.find_first_not_of(kBlanks) == std::string_view::npos)
        return fail(Code::InvalidRequest, "There is no text in the clipboard: copy the token first.");
    if (text.size() > wire::kMaxPastedBytes)
        return fail(Code::InvalidRequest, "What was copied is too long for a token: copy the token alone.");
    Finding found;
    const auto shallow = [](int depth, json::parse_event_t, const json &) { return depth <= kMaxDepth; };
    const json value = json::parse(text, shallow, false);
    if (value.is_object())
        readJson(value, found);
    else
        readWords(wordsOf(text), found);
    return found.outcome();
}

} // namespace settings
