// One JSON object per line, for programs; docs/ttf.md lists the events and their keys. Pure ASCII: everything else is
// escaped, so that a line is safe to show and cannot be split.
#pragma once

#include "ttf/view.h"

namespace ttf {

class JsonView : public View {
public:
    void status(std::string &out, const client::TunnelStatus &status, qint64 now) override;
    void exchange(std::string &out, const client::ExchangeSummary &exchange) override;
    void missed(std::string &out, quint64 requests) override;
    void stopped(std::string &out, const Totals &totals) override;
};

} // namespace ttf
