// Events as an emulator of API Gateway recorded them (tests/backend-aws/samples).
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace samples {

inline std::string text(const std::string &name)
{
    std::ifstream file(std::string(AWS_SAMPLES) + "/" + name);
    if (!file)
        throw std::runtime_error("no sample " + name);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

} // namespace samples
