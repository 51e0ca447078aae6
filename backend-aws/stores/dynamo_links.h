// The table `connections`, and in `rate_limits` the number of its items (backend-aws/README.md). Owned by main; one thread.
#pragma once

#include "aws/dynamo.h"
#include "gateway/ports.h"

#include <string>

namespace stores {

class DynamoLinks final : public gateway::LinkStore {
public:
    DynamoLinks(aws::Dynamo &dynamo, std::string table, std::string countTable)
        : m_dynamo(dynamo), m_table(std::move(table)), m_countTable(std::move(countTable))
    {
    }

    [[nodiscard]] wire::Result<bool> add(const gateway::Link &link, std::int64_t most, gateway::Time deadline) override;
    [[nodiscard]] wire::Result<std::optional<Removed>> remove(std::string_view connectionId,
                                                              gateway::Time deadline) override;
    [[nodiscard]] wire::Result<std::string> tunnelOf(std::string_view connectionId, gateway::Time deadline) override;
    [[nodiscard]] wire::Result<bool> addWaiter(std::string_view connectionId, const std::string &replyAddress,
                                               gateway::Time deadline) override;
    [[nodiscard]] wire::Result<gateway::LinkPage> ended(gateway::Time now, const std::string &from,
                                                        gateway::Time deadline) override;
    [[nodiscard]] wire::Result<> recount(std::int64_t links, gateway::Time deadline) override;

private:
    aws::Outcome<bool> count(std::int64_t change, std::int64_t most, gateway::Time deadline);

    aws::Dynamo &m_dynamo;
    std::string m_table;
    std::string m_countTable;
};

} // namespace stores
