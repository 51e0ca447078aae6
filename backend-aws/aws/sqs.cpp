#include "aws/sqs.h"

#include "wire/limits.h"

namespace aws {

using nlohmann::json;

namespace {

constexpr unsigned kQueuesPerPage = 1000;

std::string textAt(const json &object, const char *key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

} // namespace

Outcome<> Sqs::done(std::string_view operation, const json &input, Time deadline)
{
    const auto answer = m_service.call(operation, input, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    return {};
}

Outcome<std::string> Sqs::create(const std::string &name, const std::map<std::string, std::string> &attributes,
                                 Time deadline)
{
    const auto answer = m_service.call("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}}, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    return textAt(*answer, "QueueUrl");
}

Outcome<> Sqs::drop(const std::string &url, Time deadline)
{
    auto dropped = done("DeleteQueue", {{"QueueUrl", url}}, deadline);
    const bool gone = !dropped && dropped.error().name.ends_with(kNoSuchQueue);
    return gone ? Outcome<>() : dropped;
}

Outcome<> Sqs::send(const std::string &url, std::string_view body, Time deadline)
{
    return done("SendMessage", {{"QueueUrl", url}, {"MessageBody", body}}, deadline);
}

Outcome<std::vector<QueueMessage>> Sqs::receive(const std::string &url, std::chrono::seconds wait, Time deadline)
{
    CallRules rules;
    rules.tryLimit = wait + wire::kServiceTryTimeout;
    const auto answer = m_service.call(
        "ReceiveMessage",
        {{"QueueUrl", url}, {"MaxNumberOfMessages", wire::kReplyBatch}, {"WaitTimeSeconds", wait.count()}}, deadline,
        rules);
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<QueueMessage> messages;
    if (const auto list = answer->find("Messages"); list != answer->end() && list->is_array()) {
        for (const auto &message : *list)
            messages.push_back(
                {textAt(message, "MessageId"), textAt(message, "ReceiptHandle"), textAt(message, "Body")});
    }
    return messages;
}

Outcome<> Sqs::remove(const std::string &url, const std::vector<std::string> &receipts, Time deadline)
{
    auto entries = json::array();
    for (const auto &receipt : receipts)
        entries.push_back({{"Id", std::to_string(entries.size())}, {"ReceiptHandle", receipt}});
    return done("DeleteMessageBatch", {{"QueueUrl", url}, {"Entries", std::move(entries)}}, deadline);
}

Outcome<QueuePage> Sqs::list(const std::string &prefix, const std::string &from, Time deadline)
{
    json input{{"QueueNamePrefix", prefix}, {"MaxResults", kQueuesPerPage}};
    if (!from.empty())
        input["NextToken"] = from;
    const auto answer = m_service.call("ListQueues", input, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    QueuePage page;
    if (const auto urls = answer->find("QueueUrls"); urls != answer->end() && urls->is_array()) {
        for (const auto &url : *urls) {
            if (url.is_string())
                page.urls.push_back(url.get<std::string>());
        }
    }
    page.next = textAt(*answer, "NextToken");
    return page;
}

} // namespace aws
