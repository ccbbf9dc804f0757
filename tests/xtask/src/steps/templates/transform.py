"""Puts the templates that it is given through SAM's own transform, as the cloud does when they are deployed.

Neither a network nor an account is needed. Prints one line for each thing that the transform refuses, and one
for each policy of AWS's own that it gives to a function: `policy <TAB> function <TAB> name`. Fails where anything
was refused.
"""

import os
import sys

# The transform asks for a region, and for nothing in it.
os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-1")

from samcli.yamlhelper import yaml_parse
from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

SERVERLESS = "AWS::Serverless-2016-10-31"


class NoManagedPolicies:
    """Policies by name would have to be looked up in an account. None is named."""

    def load(self):
        return {}


def uploaded(template):
    """As `sam package` leaves it: the code lies in a bucket."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return template


def defaults(template):
    parameters = template.get("Parameters", {}).items()
    given = {name: parameter["Default"] for name, parameter in parameters if "Default" in parameter}
    # What the cloud adds of its own accord.
    return given | {"AWS::Region": "ap-southeast-7", "AWS::Partition": "aws", "AWS::StackName": "palad"}


def refusals(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    if template.get("Transform") != SERVERLESS:
        return []
    try:
        made = transform(uploaded(template), defaults(template), NoManagedPolicies())
    except InvalidDocumentException as error:
        return [cause.message for cause in error.causes] or [str(error)]
    for name, resource in made["Resources"].items():
        for policy in resource.get("Properties", {}).get("ManagedPolicyArns", []):
            print("policy", name.removesuffix("FunctionRole"), policy.rsplit("/", 1)[-1], sep="\t")
    return []


def main():
    paths = sys.argv[1:]
    found = [f"{os.path.basename(path)}: {message}" for path in paths for message in refusals(path)]
    print(*found, sep="\n")
    return 1 if found or not paths else 0


sys.exit(main())
