// A service of AWS that answers what a test tells it to, and a world whose clock moves only while somebody waits.
#pragma once

#include "aws/signed_caller.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <string>
#include <vector>

namespace support {

class ScriptedService {
public:
    std::deque<wire::Result<transport::Answer>> answers; // the last one is given again and again
    std::vector<transport::Request> requests;
    std::vector<aws::Time> deadlines;
    std::vector<std::chrono::milliseconds> pauses;
    aws::Time now{std::chrono::milliseconds(1'767'323'045'000)}; // 2026-01-02T03:04:05Z
    double random = 0.5;

    void answer(unsigned status, const std::string &body, wire::HeaderList headers = {})
    {
        answers.push_back(transport::Answer{status, std::move(headers), body});
    }
    void fail(wire::Code code) { answers.push_back(wire::fail(code, "scripted")); }

    [[nodiscard]] aws::SignedCaller caller()
    {
        return {[this](const transport::Request &request, aws::Time deadline) { return take(request, deadline); },
                "service.example",
                {"AKID", "secret", ""},
                {"eu-central-1", "dynamodb"},
                surroundings()};
    }
    [[nodiscard]] aws::Surroundings surroundings()
    {
        return {[this] { return now; },
                [this](std::chrono::milliseconds pause) {
                    pauses.push_back(pause);
                    now += pause;
                },
                [this] { return random; }};
    }
    [[nodiscard]] aws::Time soon() const { return now + std::chrono::seconds(20); }
    [[nodiscard]] nlohmann::json input(std::size_t index = 0) const
    {
        return nlohmann::json::parse(requests.at(index).body);
    }
    [[nodiscard]] std::string operation(std::size_t index = 0) const
    {
        return std::string(wire::findHeader(requests.at(index).headers, "X-Amz-Target").value_or(""));
    }

private:
    wire::Result<transport::Answer> take(const transport::Request &request, aws::Time deadline)
    {
        requests.push_back(request);
        deadlines.push_back(deadline);
        auto next = answers.at(0);
        if (answers.size() > 1)
            answers.pop_front();
        return next;
    }
};

} // namespace support
