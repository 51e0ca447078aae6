#include "wire/json_reader.h"

#include "wire/base64.h"
#include "wire/ids.h"
#include "wire/limits.h"
#include "wire/text.h"

#include <array>
#include <set>

namespace wire {

namespace {

using nlohmann::json;

const json &emptyObject()
{
    static const json object = json::object();
    return object;
}

// Watches a parse for what the finished document no longer shows.
class StructureWatch {
public:
    // False drops the value; the parser itself goes on to the end of the text, without recursion.
    bool onEvent(json::parse_event_t event, const json &parsed)
    {
        switch (event) {
        case json::parse_event_t::object_start:
        case json::parse_event_t::array_start: enter(); break;
        case json::parse_event_t::object_end:
        case json::parse_event_t::array_end: --m_depth; break;
        case json::parse_event_t::key:
            if (m_problem == nullptr && !m_keys[m_depth - 1].insert(parsed.get_ref<const std::string &>()).second)
                m_problem = "a key twice";
            break;
        case json::parse_event_t::value: break;
        }
        return m_problem == nullptr;
    }

    [[nodiscard]] const char *problem() const { return m_problem; }

private:
    void enter()
    {
        if (m_depth == kMaxNesting)
            m_problem = "nested too deeply";
        if (m_problem == nullptr)
            m_keys[m_depth].clear();
        ++m_depth;
    }

    std::array<std::set<std::string>, kMaxNesting> m_keys;
    std::size_t m_depth = 0;
    const char *m_problem = nullptr;
};

std::string about(std::string_view key, std::string_view problem)
{
    return std::string(key).append(" ").append(problem);
}

} // namespace

Result<json> parseJsonObject(std::string_view text)
{
    StructureWatch watch;
    const auto onEvent = [&watch](int, json::parse_event_t event, json &parsed) {
        return watch.onEvent(event, parsed);
    };
    auto document = json::parse(text, onEvent, false);
    if (watch.problem() != nullptr)
        return fail(Code::ProtocolError, std::string("json: ") + watch.problem());
    if (!document.is_object())
        return fail(Code::ProtocolError, "json: not an object");
    return document;
}

JsonReader::JsonReader(const json &object) : m_object(&object)
{
    if (object.is_object())
        return;
    fail("not an object");
    m_object = &emptyObject();
}

const json *JsonReader::find(std::string_view key) const
{
    const auto found = m_object->find(key);
    return found == m_object->end() || found->is_null() ? nullptr : &*found;
}

const json *JsonReader::require(std::string_view key)
{
    const auto *value = find(key);
    if (value == nullptr)
        fail(about(key, "is missing"));
    return value;
}

std::string JsonReader::text(std::string_view key, const json *value)
{
    if (value == nullptr)
        return {};
    if (value->is_string())
        return value->get_ref<const std::string &>();
    fail(about(key, "is not a string"));
    return {};
}

std::string JsonReader::word(std::string_view key)
{
    static_cast<void>(require(key));
    return optionalWord(key);
}

std::string JsonReader::optionalWord(std::string_view key)
{
    auto word = text(key, find(key));
    if (!isFieldValue(word))
        fail(about(key, "has a control character"));
    return word;
}

std::string JsonReader::sentence(std::string_view key)
{
    static_cast<void>(require(key));
    return optionalSentence(key);
}

std::string JsonReader::optionalSentence(std::string_view key)
{
    return std::string(cutText(text(key, find(key)), kMaxErrorTextBytes));
}

std::string JsonReader::requestId(std::string_view key)
{
    auto id = optionalRequestId(key);
    if (id.empty())
        fail(about(key, "is missing"));
    return id;
}

std::string JsonReader::optionalRequestId(std::string_view key)
{
    auto id = text(key, find(key));
    if (!id.empty() && !isRequestId(id))
        fail(about(key, "is not a request id"));
    return id;
}

std::string JsonReader::optionalReplyTo(std::string_view key)
{
    auto replyTo = text(key, find(key));
    if (replyTo.size() > kV1MaxReplyToBytes)
        fail(about(key, "is too long"));
    return replyTo;
}

std::string JsonReader::optionalBytes(std::string_view key)
{
    auto bytes = decodeBase64(text(key, find(key)));
    if (bytes)
        return *std::move(bytes);
    fail(about(key, bytes.error().message));
    return {};
}

std::uint64_t JsonReader::number(std::string_view key, std::uint64_t max)
{
    static_cast<void>(require(key));
    return optionalNumber(key, max);
}

std::uint64_t JsonReader::optionalNumber(std::string_view key, std::uint64_t max)
{
    const auto *value = find(key);
    if (value == nullptr)
        return 0;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= max)
        return value->get<std::uint64_t>();
    fail(about(key, "is not a whole number in its range"));
    return 0;
}

bool JsonReader::optionalFlag(std::string_view key)
{
    const auto *value = find(key);
    if (value == nullptr)
        return false;
    if (!value->is_boolean())
        fail(about(key, "is not true or false"));
    return *value == true;
}

HeaderList JsonReader::headers(std::string_view key)
{
    HeaderList headers;
    const auto *object = require(key);
    if (object == nullptr)
        return headers;
    if (!object->is_object())
        fail(about(key, "is not an object"));
    for (const auto &[name, values] : object->items())
        addValues(headers, name, values);
    return headers;
}

void JsonReader::addValues(HeaderList &headers, const std::string &name, const json &values)
{
    if (!values.is_array())
        fail("a header field is not an array of values");
    for (const auto &value : values) {
        if (!value.is_string())
            return fail("a header value is not a string");
        headers.push_back({name, value.get_ref<const std::string &>()});
    }
}

JsonReader JsonReader::optionalObject(std::string_view key)
{
    const auto *value = find(key);
    return JsonReader(value == nullptr ? emptyObject() : *value);
}

void JsonReader::fail(std::string problem)
{
    if (m_problem.empty())
        m_problem = std::move(problem);
}

void JsonReader::adopt(const JsonReader &inner)
{
    if (!inner.m_problem.empty())
        fail(inner.m_problem);
}

Result<> JsonReader::finish(std::string_view what) const
{
    if (m_problem.empty())
        return {};
    return wire::fail(Code::ProtocolError, std::string(what) + ": " + m_problem);
}

} // namespace wire
