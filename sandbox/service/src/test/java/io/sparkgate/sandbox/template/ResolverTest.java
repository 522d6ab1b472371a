package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TEMPLATE =
      """
      {"Parameters": {
         "BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>",
                              "Default": "/cdk-bootstrap/hnb659fds/version"},
         "Zones": {"Type": "CommaDelimitedList", "Default": "a, b"},
         "Size": {"Type": "Number", "Default": 3}},
       "Mappings": {"M": {"eu-west-1": {"K": "v"}}},
       "Resources": {
         "R": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "dev", "Path": "/team/"}},
         "F": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "f"}},
         "V": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "F"}}},
         "A": {"Type": "AWS::Lambda::Alias",
               "Properties": {"FunctionName": {"Fn::GetAtt": ["F", "Arn"]}, "Name": "live"}},
         "B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "b"}},
         "Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}},
         "L": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/l"}},
         "P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "p"}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Ref': 'AWS::Partition'} | 'aws'",
        "{'Ref': 'AWS::Region'} | 'eu-west-1'",
        "{'Ref': 'AWS::AccountId'} | '111122223333'",
        "{'Ref': 'AWS::URLSuffix'} | 'amazonaws.com'",
        "{'Ref': 'AWS::StackName'} | 'S'",
        "{'a': {'Ref': 'AWS::NoValue'}, 'b': [{'Ref': 'AWS::NoValue'}, 1]} | {'b': [1]}",
        "{'Ref': 'BootstrapVersion'} | '30'",
        "{'Ref': 'Zones'} | ['a', 'b']",
        "{'Ref': 'Size'} | 3",
        "{'Fn::Join': ['-', ['x', {'Ref': 'Size'}, 'y']]} | 'x-3-y'",
        "{'Fn::Join': [',', {'Ref': 'Zones'}]} | 'a,b'",
        "{'Fn::Sub': 'z-${AWS::Region}-${Size}-${!Size}-${R.Arn}'}"
            + " | 'z-eu-west-1-3-${Size}-arn:aws:iam::111122223333:role/team/dev'",
        "{'Fn::Sub': ['${x}', {'x': {'Ref': 'R'}}]} | 'dev'",
        "{'Fn::Select': [1, {'Fn::GetAZs': ''}]} | 'eu-west-1b'",
        "{'Fn::Select': ['0', {'Fn::Split': ['/', 'p/q']}]} | 'p'",
        "{'Fn::GetAZs': {'Ref': 'AWS::Region'}} | ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']",
        "{'Fn::FindInMap': ['M', {'Ref': 'AWS::Region'}, 'K']} | 'v'",
        "{'Fn::ImportValue': 'x'} | 'x'",
        "{'Fn::GetAtt': 'R.Arn'} | 'arn:aws:iam::111122223333:role/team/dev'",
        "{'Ref': 'V'} | 'arn:aws:lambda:eu-west-1:111122223333:function:f:1'",
        "{'Ref': 'A'} | 'arn:aws:lambda:eu-west-1:111122223333:function:f:live'",
        "{'Fn::GetAtt': ['B', 'Arn']} | 'arn:aws:s3:::b'",
        "{'Ref': 'Q'} | 'https://sqs.eu-west-1.amazonaws.com/111122223333/q'",
        "{'Fn::GetAtt': ['L', 'Arn']} | 'arn:aws:logs:eu-west-1:111122223333:log-group:/l:*'",
        "{'Ref': 'P'} | 'arn:aws:iam::111122223333:policy/p'",
      })
  void resolves(String written, String meant) throws Exception {
    Template template = new Template(Path.of("t"), JSON.readTree(TEMPLATE));
    Resolver resolver =
        new Resolver(
            template, new StackFile(Path.of("t"), "S", "111122223333", "eu-west-1"), Known.NOTHING);

    assertThat(resolver.resolve(json(written))).isEqualTo(json(meant));
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
