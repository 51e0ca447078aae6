// The table `rate_limits` (backend-aws/README.md). Owned by main; one thread.
#pragma once

#include "aws/dynamo.h"
#include "gateway/ports.h"

#include <string>

namespace stores {

class DynamoRates final : public gateway::RateStore {
public:
    DynamoRates(aws::Dynamo &dynamo, std::string table) : m_dynamo(dynamo), m_table(std::move(table)) {}

    [[nodiscard]] wire::Result<bool> take(std::string_view tunnel, std::int64_t minute, std::int64_t count,
                                          std::int64_t limit, gateway::Time deadline) override;

private:
    aws::Dynamo &m_dynamo;
    std::string m_table;
};

} // namespace stores
