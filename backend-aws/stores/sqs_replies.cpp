#include "stores/sqs_replies.h"

#include "stores/reply_queue_name.h"
#include "stores/store_error.h"
#include "wire/limits.h"

#include <algorithm>
#include <span>

namespace stores {

using gateway::Time;
using wire::Result;

namespace {

// SQS asks for a second before a new queue is used; mostly it is there at once.
constexpr std::chrono::seconds kNewQueue{2};
constexpr std::chrono::milliseconds kNewQueuePause{200};

bool isNew(std::string_view url, std::string_view prefix, Time now)
{
    const auto made = madeAt(url, prefix);
    return made && now - *made < kNewQueue;
}

bool isMissing(const aws::ServiceError &error)
{
    return error.name == aws::kNoSuchQueue || error.name == "NonExistentQueue" ||
           error.name == "AWS.SimpleQueueService.NonExistentQueue";
}

} // namespace

Result<std::string> SqsReplyChannel::address(Time deadline)
{
    const auto now = m_surroundings.clock();
    if (!m_url.empty() && now - m_madeAt < wire::kReplyQueueLife && now >= m_madeAt)
        return m_url;
    const auto kept = std::to_string(wire::kReplyKept.count());
    const auto made = m_sqs.create(drawQueueName(m_prefix, now),
                                   {{"MessageRetentionPeriod", kept}, {"VisibilityTimeout", kept}}, deadline);
    if (!made)
        return failed(made.error());
    if (made->empty())
        return wire::fail(wire::Code::InternalError, "the queue service named no queue");
    m_oldUrl = std::exchange(m_url, *made);
    m_madeAt = now;
    m_receipts.clear();
    return m_url;
}

Result<std::vector<std::string>> SqsReplyChannel::receive(Time deadline)
{
    const auto left = deadline - m_surroundings.clock();
    if (left <= std::chrono::milliseconds(0))
        return std::vector<std::string>();
    const auto wait =
        std::clamp(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(1), wire::kReplyWait);
    auto messages = m_sqs.receive(m_url, wait, deadline);
    if (!messages) {
        if (messages.error().error.code == wire::Code::Timeout)
            return std::vector<std::string>(); // the deadline cut the long poll short
        if (!isMissing(messages.error()))
            return failed(messages.error());
        if (isNew(m_url, m_prefix, m_surroundings.clock())) {
            m_surroundings.pause(kNewQueuePause);
            return std::vector<std::string>();
        }
        m_url.clear(); // somebody took it away: the next request gets another
        return failed(messages.error());
    }
    std::vector<std::string> texts;
    for (auto &message : *messages) {
        m_receipts.push_back(std::move(message.receipt));
        texts.push_back(std::move(message.body));
    }
    return texts;
}

void SqsReplyChannel::settle(Time deadline)
{
    const std::span<const std::string> receipts(m_receipts);
    for (std::size_t at = 0; at < receipts.size(); at += wire::kReplyBatch) {
        const auto batch = receipts.subspan(at, std::min(wire::kReplyBatch, receipts.size() - at));
        const auto removed = m_sqs.remove(m_url, {batch.begin(), batch.end()}, deadline);
        if (!removed) {
            m_log.debug("replies_not_removed", {{"reason", removed.error().error.message}}); // they end by themselves
            break;
        }
    }
    m_receipts.clear();
    if (const auto old = std::exchange(m_oldUrl, {}); !old.empty()) {
        if (const auto dropped = m_sqs.drop(old, deadline); !dropped)
            m_log.debug("queue_not_dropped", {{"reason", dropped.error().error.message}}); // the schedule will
    }
}

Result<bool> SqsReplySender::send(const std::string &address, std::string_view text, Time deadline)
{
    for (;;) {
        const auto sent = m_sqs.send(address, text, deadline);
        if (sent)
            return true;
        if (!isMissing(sent.error()))
            return failed(sent.error());
        const auto now = m_surroundings.clock();
        if (!isNew(address, m_prefix, now) || now + kNewQueuePause >= deadline)
            return false;
        m_surroundings.pause(kNewQueuePause);
    }
}

Result<std::size_t> SqsReplySender::removeOrphans(Time now, Time deadline)
{
    std::size_t removed = 0;
    std::string next;
    do {
        const auto page = m_sqs.list(m_prefix, next, deadline);
        if (!page)
            return failed(page.error());
        for (const auto &url : page->urls) {
            const auto made = madeAt(url, m_prefix);
            if (!made || now - *made < wire::kReplyQueueOrphaned)
                continue;
            if (const auto dropped = m_sqs.drop(url, deadline); !dropped)
                return failed(dropped.error());
            ++removed;
        }
        next = page->next;
    } while (!next.empty());
    return removed;
}

} // namespace stores
