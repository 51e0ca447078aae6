// How visitors reach the tunnels: which hosts are ours, and what a tunnel's URLs are. Immutable; any thread.
#pragma once

#include "edge/route.h"
#include "gateway/settings.h"

#include <string>
#include <string_view>

namespace gateway {

struct TunnelUrls {
    std::string subdomain; // empty when there is none
    std::string path; // the same
    [[nodiscard]] const std::string &best() const noexcept { return subdomain.empty() ? path : subdomain; }
};

class PublicSurface {
public:
    // "https://HOST[:PORT]" and whether *.HOST reaches us, too. InvalidRequest for anything else.
    [[nodiscard]] static wire::Result<PublicSurface> make(std::string_view publicUrl, bool subdomains);

    // Of a request that came in at `domain`, the API's own host or the public one.
    [[nodiscard]] edge::Route route(std::string_view host, std::string_view domain, std::string_view uri,
                                    const FeatureFlags &features) const;
    [[nodiscard]] TunnelUrls urlsOf(std::string_view tunnel, const FeatureFlags &features) const;

private:
    std::string m_scheme;
    std::string m_authority;
    std::string m_host;
    bool m_subdomains = false;
};

} // namespace gateway
