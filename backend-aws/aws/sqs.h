// The operations of SQS that reply queues need (AWS JSON 1.0). Owned by the stores; one thread.
#pragma once

#include "aws/json_service.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aws {

struct QueueMessage {
    std::string id;
    std::string receipt; // names it to remove()
    std::string body;
};

struct QueuePage {
    std::vector<std::string> urls;
    std::string next; // where to go on; empty: it was the last
};

inline constexpr std::string_view kNoSuchQueue = "QueueDoesNotExist";

class Sqs {
public:
    explicit Sqs(JsonService service) : m_service(std::move(service)) {}

    // Its URL. One of the same name and attributes is fine.
    [[nodiscard]] Outcome<std::string> create(const std::string &name,
                                              const std::map<std::string, std::string> &attributes, Time deadline);
    [[nodiscard]] Outcome<> drop(const std::string &url, Time deadline);
    // A body has characters that XML knows only: give it ASCII.
    [[nodiscard]] Outcome<> send(const std::string &url, std::string_view body, Time deadline);
    // Waits up to `wait` for the first of them; whole seconds, 20 at most.
    [[nodiscard]] Outcome<std::vector<QueueMessage>> receive(const std::string &url, std::chrono::seconds wait,
                                                             Time deadline);
    // kReplyBatch at most.
    [[nodiscard]] Outcome<> remove(const std::string &url, const std::vector<std::string> &receipts, Time deadline);
    [[nodiscard]] Outcome<QueuePage> list(const std::string &prefix, const std::string &from, Time deadline);

private:
    Outcome<> done(std::string_view operation, const nlohmann::json &input, Time deadline);

    JsonService m_service;
};

} // namespace aws
