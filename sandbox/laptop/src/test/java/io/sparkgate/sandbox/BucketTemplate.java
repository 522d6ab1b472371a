package io.sparkgate.sandbox;

import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stack as the CDK synthesizes it of {@code lake.grantReadWrite(role)} and {@code
 * Bucket.fromBucketArn(…, "arn:aws:s3:::theirs").grantRead(role, "data/*")}, and of a grant on a
 * bucket of another stack.
 */
final class BucketTemplate {
  private static final String JSON =
      """
      {"Resources": {
        "App": {"Type": "AWS::EMRServerless::Application", "Properties": {
          "Type": "SPARK", "ReleaseLabel": "emr-7.13.0",
          "InteractiveConfiguration": {"SessionEnabled": true}}},
        "Lake8F3A": {"Type": "AWS::S3::Bucket"},
        "Attic55B1": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "attic"}},
        "Execution": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {
          "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "emr-serverless.amazonaws.com"}}]}}},
        "ExecutionDefaultPolicy": {"Type": "AWS::IAM::Policy", "Properties": {
          "PolicyName": "ExecutionDefaultPolicy", "Roles": [{"Ref": "Execution"}],
          "PolicyDocument": {"Version": "2012-10-17", "Statement": [
            {"Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:DeleteObject*",
                "s3:PutObject", "s3:PutObjectLegalHold", "s3:PutObjectRetention",
                "s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:Abort*"],
              "Effect": "Allow",
              "Resource": [{"Fn::GetAtt": ["Lake8F3A", "Arn"]},
                {"Fn::Join": ["", [{"Fn::GetAtt": ["Lake8F3A", "Arn"]}, "/*"]]}]},
            {"Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"], "Effect": "Allow",
              "Resource": ["arn:aws:s3:::theirs", "arn:aws:s3:::theirs/data/*"]},
            {"Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"], "Effect": "Allow",
              "Resource": [
                {"Fn::ImportValue": "Lakes:ExportsOutputFnGetAttBig7C1A8A3EArn1F3B0D11"},
                {"Fn::Join": ["", [
                  {"Fn::ImportValue": "Lakes:ExportsOutputFnGetAttBig7C1A8A3EArn1F3B0D11"},
                  "/*"]]}]}]}}}
      }}
      """;

  private BucketTemplate() {}

  static Blueprint read(Path directory) throws IOException, BadInput {
    Path file = Files.writeString(directory.resolve("template.json"), JSON);
    return Blueprints.read(file, Optional.empty(), remark -> {});
  }
}
