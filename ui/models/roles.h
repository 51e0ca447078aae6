// What delegates and views ask models for, beside the text of a cell.
#pragma once

#include <Qt>

namespace ui {

enum Role {
    KeyRole = Qt::UserRole, // quint64: ExchangeSummary::key
    SummaryRole,            // client::ExchangeSummary
    IdRole,                 // QString: TunnelInfo::id
    TunnelRole,             // workspace::TunnelInfo
    SuggestionRole,         // discovery::Suggestion
};

} // namespace ui
