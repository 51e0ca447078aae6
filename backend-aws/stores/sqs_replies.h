// Reply channels as SQS queues: the temporary-queue request/reply pattern. An execution environment makes its queue with its
// first request and waits on it by long polling, which SQS ends at the moment a message comes. Owned by main; one thread.
#pragma once

#include "aws/sqs.h"
#include "gateway/log.h"
#include "gateway/ports.h"

#include <string>

namespace stores {

// Its function's own: made, read, replaced after kReplyQueueLife.
class SqsReplyChannel final : public gateway::ReplyChannel {
public:
    SqsReplyChannel(aws::Sqs &sqs, std::string prefix, aws::Surroundings surroundings, gateway::Log &log)
        : m_sqs(sqs), m_prefix(std::move(prefix)), m_surroundings(std::move(surroundings)), m_log(log)
    {
    }

    [[nodiscard]] wire::Result<std::string> address(gateway::Time deadline) override;
    [[nodiscard]] wire::Result<std::vector<std::string>> receive(gateway::Time deadline) override;
    void settle(gateway::Time deadline) override;

private:
    aws::Sqs &m_sqs;
    std::string m_prefix;
    aws::Surroundings m_surroundings;
    gateway::Log &m_log;
    std::string m_url; // empty: none yet
    std::string m_oldUrl; // to be dropped when there is time
    gateway::Time m_madeAt{};
    std::vector<std::string> m_receipts; // received, not removed yet
};

class SqsReplySender final : public gateway::ReplySender {
public:
    SqsReplySender(aws::Sqs &sqs, std::string prefix, aws::Surroundings surroundings)
        : m_sqs(sqs), m_prefix(std::move(prefix)), m_surroundings(std::move(surroundings))
    {
    }

    [[nodiscard]] wire::Result<bool> send(const std::string &address, std::string_view text,
                                          gateway::Time deadline) override;
    [[nodiscard]] wire::Result<std::size_t> removeOrphans(gateway::Time now, gateway::Time deadline) override;

private:
    aws::Sqs &m_sqs;
    std::string m_prefix;
    aws::Surroundings m_surroundings;
};

} // namespace stores
