// What is known of the request under way on a visitor's connection, and its line in the log. Owned by VisitorSession.
#pragma once

#include "edge/error_page.h"
#include "http1/request_reader.h"
#include "relay/context.h"

#include <string>

namespace relay {

struct VisitorRequest {
    http1::RequestReader reader;
    wire::RequestHead head; // taken from the reader; as sent on to the client
    std::string requestId;
    std::string accept;
    std::string origin;
    std::string tunnel;
    SteadyTime started{};
    std::uint64_t bodyBytes = 0;
    bool keepAlive = false; // as the visitor wishes
    bool keep = false;      // as decided with the answer
    bool summarized = false; // its failure is told by a line about many: see Refusals

    // The head is complete, or as complete as it will get: gives the request its id and takes the head over.
    void begin();
    // Borrows from this.
    [[nodiscard]] edge::PageRequest page() const noexcept;
};

// Counts and logs a request that has ended, with the status its visitor got; `error` when it failed.
void recordRequest(Context &context, const VisitorRequest &request, unsigned status, std::uint64_t responseBytes,
                   const wire::Error *error);

} // namespace relay
