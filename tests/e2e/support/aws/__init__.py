"""An AWS of our own on loopback, for the functions of backend-aws: API Gateway, Lambda, DynamoDB (dynalite), SQS and SSM,
wired as the synthesized CloudFormation template says. Strict where AWS is: sizes, signatures, permissions, time."""
