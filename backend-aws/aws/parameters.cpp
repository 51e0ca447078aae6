#include "aws/parameters.h"

#include <fmt/format.h>

namespace aws {

using nlohmann::json;

namespace {

const json &listAt(const json &answer, const char *key)
{
    static const auto none = json::array();
    const auto found = answer.find(key);
    return found != answer.end() && found->is_array() ? *found : none;
}

} // namespace

Outcome<std::map<std::string, std::string>> Parameters::get(const std::vector<std::string> &names, Time deadline)
{
    const auto answer = m_service.call("GetParameters", {{"Names", names}, {"WithDecryption", true}}, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    std::map<std::string, std::string> values;
    for (const auto &parameter : listAt(*answer, "Parameters")) {
        if (parameter.is_object())
            values[parameter.value("Name", "")] = parameter.value("Value", "");
    }
    for (const auto &name : names) {
        if (!values.contains(name))
            return std::unexpected(ServiceError{
                {wire::Code::InternalError, fmt::format("the Parameter Store has no parameter {}", name)}, {}, 200});
    }
    return values;
}

} // namespace aws
