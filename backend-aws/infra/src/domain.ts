// Names of the owner's own: one for visitors, one below it for every tunnel, one for links. DNS records are written
// when the zone is in Route 53; otherwise the stack's outputs say which to make.

import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as route53 from "aws-cdk-lib/aws-route53";
import { ApiGatewayv2DomainProperties } from "aws-cdk-lib/aws-route53-targets";
import { CfnOutput } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Domain } from "./settings.js";

export interface DomainParts {
    readonly domain: Domain;
    readonly httpApi: apigateway.IHttpApi;
    readonly httpStage: apigateway.IStage;
    readonly linkApi: apigateway.IWebSocketApi;
    readonly linkStage: apigateway.IStage;
}

export class Domains extends Construct {
    constructor(scope: Construct, id: string, parts: DomainParts) {
        super(scope, id);
        const { domain } = parts;
        this.serve("Visitors", domain, domain.host, parts.httpApi, parts.httpStage);
        if (domain.wildcard) this.serve("Tunnels", domain, `*.${domain.host}`, parts.httpApi, parts.httpStage);
        this.serve("Links", domain, domain.linkHost, parts.linkApi, parts.linkStage);
    }

    private serve(id: string, domain: Domain, host: string, api: apigateway.IApi, stage: apigateway.IStage): void {
        const name = new apigateway.DomainName(this, id, {
            domainName: host,
            certificate: acm.Certificate.fromCertificateArn(this, `${id}Certificate`, domain.certificateArn),
            securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
        });
        new apigateway.ApiMapping(this, `${id}Mapping`, { api: api as apigateway.IHttpApi, domainName: name, stage });
        if (domain.hostedZoneId === undefined) {
            new CfnOutput(this, `${id}Record`, {
                value: `${host} CNAME ${name.regionalDomainName}`,
                description: "DNS record to make (at the top of a zone: an ALIAS or ANAME)",
            });
            return;
        }
        this.record(id, domain, host, name);
    }

    private record(id: string, domain: Domain, host: string, name: apigateway.DomainName): void {
        const zone = route53.HostedZone.fromHostedZoneAttributes(this, `${id}Zone`, {
            hostedZoneId: domain.hostedZoneId as string,
            zoneName: domain.hostedZoneName as string,
        });
        new route53.ARecord(this, `${id}Address`, {
            zone,
            recordName: `${host}.`,
            target: route53.RecordTarget.fromAlias(
                new ApiGatewayv2DomainProperties(name.regionalDomainName, name.regionalHostedZoneId),
            ),
        });
    }
}
