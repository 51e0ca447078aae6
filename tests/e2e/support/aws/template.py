"""What the synthesized template says: tables, functions, policies, limits of the stages. Names are resolved to the
physical ones of the local AWS, so that nothing is configured twice."""

import json
import re
from dataclasses import dataclass

REGION = "eu-central-1"
ACCOUNT = "123456789012"
PSEUDO = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}
NAME_PROPERTIES = {"AWS::DynamoDB::Table": "TableName", "AWS::Lambda::Function": "FunctionName", "AWS::SSM::Parameter": "Name",
                   "AWS::Logs::LogGroup": "LogGroupName", "AWS::SNS::Topic": "TopicName"}


@dataclass(frozen=True)
class Function:
    name: str
    timeout: int
    memory_mib: int
    concurrency: int
    variables: dict
    statements: list


@dataclass(frozen=True)
class Api:
    id: str
    stage: str
    rate: int
    burst: int
    timeout_ms: int


class Template:
    def __init__(self, path):
        self._resources = json.loads(path.read_text())["Resources"]

    def _of_type(self, kind):
        return {key: resource["Properties"] for key, resource in self._resources.items() if resource["Type"] == kind}

    def resolve(self, value):
        """The value with every intrinsic function replaced by what it stands for here."""
        if isinstance(value, list):
            return [self.resolve(part) for part in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), = value.items()
            if function == "Ref":
                return PSEUDO.get(argument) or self._physical(argument)
            if function == "Fn::GetAtt":
                return self._attribute(*argument)
            if function == "Fn::Join":
                return argument[0].join(self.resolve(part) for part in argument[1])
            if function == "Fn::Sub":
                return re.sub(r"\$\{([^}]+)\}", lambda match: self.resolve({"Ref": match[1]}), argument)
        return {key: self.resolve(part) for key, part in value.items()}

    def _physical(self, key):
        resource = self._resources[key]
        name = NAME_PROPERTIES.get(resource["Type"])
        return self.resolve(resource["Properties"][name]) if name else key.lower()

    def _attribute(self, key, attribute):
        kind = self._resources[key]["Type"]
        name = self._physical(key)
        if (kind, attribute) == ("AWS::ApiGatewayV2::Api", "ApiEndpoint"):
            return f"https://{name}.execute-api.{REGION}.amazonaws.com"
        if attribute != "Arn":
            raise ValueError(f"the template uses {kind}.{attribute}, which the local AWS does not know")
        service, middle = {"AWS::DynamoDB::Table": ("dynamodb", "table/"), "AWS::Lambda::Function": ("lambda", "function:"),
                           "AWS::IAM::Role": ("iam", "role/"), "AWS::KMS::Key": ("kms", "key/"),
                           "AWS::Logs::LogGroup": ("logs", "log-group:")}[kind]
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{middle}{name}"

    def tables(self):
        """CreateTable requests, and {table: name of its expiry attribute}."""
        creations, expiry = [], {}
        for properties in self._of_type("AWS::DynamoDB::Table").values():
            wanted = {key: properties[key] for key in ("TableName", "KeySchema", "AttributeDefinitions", "BillingMode")}
            if indexes := properties.get("GlobalSecondaryIndexes"):
                wanted["GlobalSecondaryIndexes"] = indexes
            creations.append(self.resolve(wanted))
            expiry[wanted["TableName"]] = properties["TimeToLiveSpecification"]["AttributeName"]
        return creations, expiry

    def table_keys(self):
        """{table: names of its key attributes}."""
        return {properties["TableName"]: [part["AttributeName"] for part in properties["KeySchema"]]
                for properties in self._of_type("AWS::DynamoDB::Table").values()}

    def encrypted_tables(self):
        """{table: ARN of its key}."""
        return {properties["TableName"]: self.resolve(properties["SSESpecification"]["KMSMasterKeyId"])
                for properties in self._of_type("AWS::DynamoDB::Table").values()}

    def key_arn(self):
        key, = self._of_type("AWS::KMS::Key")
        return self._attribute(key, "Arn")

    def functions(self):
        """{"http": Function, "ws": Function}."""
        found = {}
        for properties in self._of_type("AWS::Lambda::Function").values():
            role = self._resources[properties["Role"]["Fn::GetAtt"][0]]["Properties"]
            statements = [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]
            variables = self.resolve(properties["Environment"]["Variables"])
            found[variables["TUNNEL_FUNCTION"]] = Function(
                properties["FunctionName"], properties["Timeout"], properties["MemorySize"],
                properties["ReservedConcurrentExecutions"], variables, self.resolve(statements))
        return found

    def api(self, protocol):
        """The HTTP or the WEBSOCKET API with its one stage."""
        key, = [key for key, properties in self._of_type("AWS::ApiGatewayV2::Api").items()
                if properties["ProtocolType"] == protocol]
        of_api = lambda kind: [properties for properties in self._of_type(kind).values() if properties["ApiId"] == {"Ref": key}]
        stage, = of_api("AWS::ApiGatewayV2::Stage")
        settings = stage["DefaultRouteSettings"]
        timeout = min(properties["TimeoutInMillis"] for properties in of_api("AWS::ApiGatewayV2::Integration"))
        return Api(self._physical(key), stage["StageName"], settings["ThrottlingRateLimit"],
                   settings["ThrottlingBurstLimit"], timeout)

    def identity_source(self):
        """The header that the authorizer is asked about; without it API Gateway asks nobody."""
        authorizer, = self._of_type("AWS::ApiGatewayV2::Authorizer").values()
        source, = authorizer["IdentitySource"]
        return source.removeprefix("route.request.header.")

    def parameters(self):
        return {properties["Name"]: properties["Value"] for properties in self._of_type("AWS::SSM::Parameter").values()}
