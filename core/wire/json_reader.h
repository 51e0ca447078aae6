// Reads the members of one JSON object of untrusted text. Inner part of the v1 codec. The first failure sticks: later
// reads give zero or empty, so that a decoder reads straight on and asks once, with finish().
#pragma once

#include "wire/http_head.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace wire {

// Refuses nesting over kMaxNesting and a key twice in one object, which two readers could take differently.
[[nodiscard]] Result<nlohmann::json> parseJsonObject(std::string_view text);

class JsonReader {
public:
    // `object` must outlive the reader; not an object is a failure.
    explicit JsonReader(const nlohmann::json &object);

    // Absent and null are failures for the required ones, and empty or `otherwise` for the others.
    [[nodiscard]] std::string word(std::string_view key); // for programs: no control characters
    [[nodiscard]] std::string optionalWord(std::string_view key);
    [[nodiscard]] std::string sentence(std::string_view key); // for people: cut to kMaxErrorTextBytes
    [[nodiscard]] std::string optionalSentence(std::string_view key);
    [[nodiscard]] std::string requestId(std::string_view key);
    [[nodiscard]] std::string optionalRequestId(std::string_view key);
    [[nodiscard]] std::string optionalReplyTo(std::string_view key);
    [[nodiscard]] std::string optionalBytes(std::string_view key); // base64
    [[nodiscard]] std::uint64_t number(std::string_view key, std::uint64_t max);
    [[nodiscard]] std::uint64_t optionalNumber(std::string_view key,
                                               std::uint64_t max = std::numeric_limits<std::uint64_t>::max());
    [[nodiscard]] bool optionalFlag(std::string_view key);
    [[nodiscard]] HeaderList headers(std::string_view key);       // {name: [values]}
    [[nodiscard]] JsonReader optionalObject(std::string_view key); // absent: an empty object

    void fail(std::string problem);
    void adopt(const JsonReader &inner); // takes over its failure
    [[nodiscard]] Result<> finish(std::string_view what) const;

private:
    [[nodiscard]] const nlohmann::json *find(std::string_view key) const;
    [[nodiscard]] const nlohmann::json *require(std::string_view key);
    [[nodiscard]] std::string text(std::string_view key, const nlohmann::json *value);
    void addValues(HeaderList &headers, const std::string &name, const nlohmann::json &values);

    const nlohmann::json *m_object;
    std::string m_problem; // empty: none yet
};

} // namespace wire
