// The table `reservations` (backend-aws/README.md). Owned by main; one thread.
#pragma once

#include "aws/dynamo.h"
#include "gateway/ports.h"

#include <string>

namespace stores {

class DynamoNames final : public gateway::NameStore {
public:
    DynamoNames(aws::Dynamo &dynamo, std::string table) : m_dynamo(dynamo), m_table(std::move(table)) {}

    [[nodiscard]] wire::Result<std::optional<gateway::Reservation>> load(std::string_view name,
                                                                         gateway::Time deadline) override;
    [[nodiscard]] wire::Result<bool> save(const gateway::Reservation &reservation, gateway::Time deadline) override;
    [[nodiscard]] wire::Result<bool> remove(const gateway::Reservation &reservation, gateway::Time deadline) override;
    [[nodiscard]] wire::Result<std::vector<gateway::Reservation>> ofOwner(const std::string &owner,
                                                                          gateway::Time deadline) override;

private:
    aws::Dynamo &m_dynamo;
    std::string m_table;
};

} // namespace stores
