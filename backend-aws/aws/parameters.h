// Values of Systems Manager's Parameter Store, decrypted. Owned by the program's settings; one thread.
#pragma once

#include "aws/json_service.h"

#include <map>
#include <string>
#include <vector>

namespace aws {

class Parameters {
public:
    explicit Parameters(JsonService service) : m_service(std::move(service)) {}

    // By name, all with one call: ten at most. One that does not exist is an error that names it.
    [[nodiscard]] Outcome<std::map<std::string, std::string>> get(const std::vector<std::string> &names, Time deadline);

private:
    JsonService m_service;
};

} // namespace aws
