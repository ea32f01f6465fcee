// Generated from catalogue/attributes.yaml by: npm run catalogue -- --generate

/** What is kept of a record whose nested values became too many keys. */
export const ATTR_ATTRIBUTES_TEXT = 'attributes_text';

/** How long a price took to calculate. Unit: s. */
export const ATTR_CALCULATION_DURATION = 'calculation.duration';

/** What was changed. */
export const ATTR_CHANGE_FIELD = 'change.field';

/** The value since then. */
export const ATTR_CHANGE_NEW = 'change.new';

/** The value before. */
export const ATTR_CHANGE_OLD = 'change.old';

/** Where a request came from; what is kept of it is the privacy policy's choice. */
export const ATTR_CLIENT_ADDRESS = 'client.address';

/** The port a request came from. */
export const ATTR_CLIENT_PORT = 'client.port';

/** The module inside the service (the logger's label). */
export const ATTR_CODE_NAMESPACE = 'code.namespace';

/** Whose order it is. */
export const ATTR_CUSTOMER_ID = 'customer.id';

/** How long a statement took as its caller saw it. Unit: s. */
export const ATTR_DB_CLIENT_OPERATION_DURATION = 'db.client.operation.duration';

/** The database. */
export const ATTR_DB_NAMESPACE = 'db.namespace';

/** What a statement does. */
export const ATTR_DB_OPERATION_NAME = 'db.operation.name';

/** The statement without its values. */
export const ATTR_DB_QUERY_TEXT = 'db.query.text';

/** The database's code of an error (SQLSTATE). */
export const ATTR_DB_RESPONSE_STATUS_CODE = 'db.response.status_code';

/** How a statement ended. */
export const ATTR_DB_STATUS = 'db.status';

/** Which kind of database. */
export const ATTR_DB_SYSTEM_NAME = 'db.system.name';

/** The class or code of an error. */
export const ATTR_ERROR_TYPE = 'error.type';

/** What an error says. */
export const ATTR_EXCEPTION_MESSAGE = 'exception.message';

/** Where an error happened. */
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace';

/** The class of an error. */
export const ATTR_EXCEPTION_TYPE = 'exception.type';

/** A stored model. */
export const ATTR_FILE_ID = 'file.id';

/** How long a file took to store. Unit: s. */
export const ATTR_FILE_PROCESSING_DURATION = 'file.processing.duration';

/** How large a file is. Unit: By. */
export const ATTR_FILE_SIZE = 'file.size';

/** What a list was restricted to. */
export const ATTR_FILTER = 'filter';

/** How long a call of another service took. Unit: s. */
export const ATTR_HTTP_CLIENT_REQUEST_DURATION = 'http.client.request.duration';

/** The page whose link was followed, without its query. */
export const ATTR_HTTP_REQUEST_HEADER_REFERER = 'http.request.header.referer';

/** The method of a request. */
export const ATTR_HTTP_REQUEST_METHOD = 'http.request.method';

/** The status of an answer. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';

/** The route that took a request. */
export const ATTR_HTTP_ROUTE = 'http.route';

/** How long a request took to answer. Unit: s. */
export const ATTR_HTTP_SERVER_REQUEST_DURATION = 'http.server.request.duration';

/** The log file that a line was read from. */
export const ATTR_LOG_FILE_NAME = 'log.file.name';

/** A record's own id; what is sent twice with it is stored once. */
export const ATTR_LOG_RECORD_UID = 'log.record.uid';

/** The beginning of a message's content with personal values masked. */
export const ATTR_MESSAGE_CONTENT = 'message.content';

/** What the broker did with a message: routed, delivered, unroutable, dead-lettered. */
export const ATTR_MESSAGE_STATUS = 'message.status';

/** The queue. */
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name';

/** How large a message is. Unit: By. */
export const ATTR_MESSAGING_MESSAGE_BODY_SIZE = 'messaging.message.body.size';

/** A message. */
export const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id';

/** How many triangles a model has. */
export const ATTR_MODEL_POLYGONS = 'model.polygons';

/** The port of the other side. */
export const ATTR_NETWORK_PEER_PORT = 'network.peer.port';

/** The operator who makes the order. */
export const ATTR_OPERATOR_ID = 'operator.id';

/** The order's number. */
export const ATTR_ORDER_ID = 'order.id';

/** The ring that is wanted. */
export const ATTR_ORDER_PARAMETERS = 'order.parameters';

/** The price of an order. Unit: EUR. */
export const ATTR_ORDER_PRICE = 'order.price';

/** Where an order stands. */
export const ATTR_ORDER_STATUS = 'order.status';

/** Where an order stands since then. */
export const ATTR_ORDER_STATUS_NEW = 'order.status.new';

/** Where an order stood before. */
export const ATTR_ORDER_STATUS_OLD = 'order.status.old';

/** How a process ended. */
export const ATTR_PROCESS_EXIT_CODE = 'process.exit.code';

/** How many personal values were masked in a record. */
export const ATTR_REDACTION_MASKED_COUNT = 'redaction.masked.count';

/** How a piece of work ended. */
export const ATTR_RESULT = 'result';

/** How often a call will be repeated at most. */
export const ATTR_RETRY_ATTEMPTS_LEFT = 'retry.attempts_left';

/** The host that was called. */
export const ATTR_SERVER_ADDRESS = 'server.address';

/** The port that was called. */
export const ATTR_SERVER_PORT = 'server.port';

/** The path of a request. */
export const ATTR_URL_PATH = 'url.path';

/** Who did it. */
export const ATTR_USER_ID = 'user.id';

/** The account that read the log store. */
export const ATTR_USER_NAME = 'user.name';

/** What a record may carry, with the type that each attribute is declared with. */
export interface RecordAttributes {
  [ATTR_ATTRIBUTES_TEXT]?: string | undefined;
  [ATTR_CALCULATION_DURATION]?: number | undefined;
  [ATTR_CHANGE_FIELD]?: string | undefined;
  [ATTR_CHANGE_NEW]?: string | undefined;
  [ATTR_CHANGE_OLD]?: string | undefined;
  [ATTR_CLIENT_ADDRESS]?: string | undefined;
  [ATTR_CLIENT_PORT]?: number | undefined;
  [ATTR_CODE_NAMESPACE]?: string | undefined;
  [ATTR_CUSTOMER_ID]?: string | undefined;
  [ATTR_DB_CLIENT_OPERATION_DURATION]?: number | undefined;
  [ATTR_DB_NAMESPACE]?: string | undefined;
  [ATTR_DB_OPERATION_NAME]?: string | undefined;
  [ATTR_DB_QUERY_TEXT]?: string | undefined;
  [ATTR_DB_RESPONSE_STATUS_CODE]?: string | undefined;
  [ATTR_DB_STATUS]?: string | undefined;
  [ATTR_DB_SYSTEM_NAME]?: string | undefined;
  [ATTR_ERROR_TYPE]?: string | undefined;
  [ATTR_EXCEPTION_MESSAGE]?: string | undefined;
  [ATTR_EXCEPTION_STACKTRACE]?: string | undefined;
  [ATTR_EXCEPTION_TYPE]?: string | undefined;
  [ATTR_FILE_ID]?: string | undefined;
  [ATTR_FILE_PROCESSING_DURATION]?: number | undefined;
  [ATTR_FILE_SIZE]?: number | undefined;
  [ATTR_FILTER]?: string | undefined;
  [ATTR_HTTP_CLIENT_REQUEST_DURATION]?: number | undefined;
  [ATTR_HTTP_REQUEST_HEADER_REFERER]?: string | undefined;
  [ATTR_HTTP_REQUEST_METHOD]?: string | undefined;
  [ATTR_HTTP_RESPONSE_STATUS_CODE]?: number | undefined;
  [ATTR_HTTP_ROUTE]?: string | undefined;
  [ATTR_HTTP_SERVER_REQUEST_DURATION]?: number | undefined;
  [ATTR_LOG_FILE_NAME]?: string | undefined;
  [ATTR_LOG_RECORD_UID]?: string | undefined;
  [ATTR_MESSAGE_CONTENT]?: string | undefined;
  [ATTR_MESSAGE_STATUS]?: string | undefined;
  [ATTR_MESSAGING_DESTINATION_NAME]?: string | undefined;
  [ATTR_MESSAGING_MESSAGE_BODY_SIZE]?: number | undefined;
  [ATTR_MESSAGING_MESSAGE_ID]?: string | undefined;
  [ATTR_MODEL_POLYGONS]?: number | undefined;
  [ATTR_NETWORK_PEER_PORT]?: number | undefined;
  [ATTR_OPERATOR_ID]?: string | undefined;
  [ATTR_ORDER_ID]?: string | undefined;
  [ATTR_ORDER_PARAMETERS]?: string | undefined;
  [ATTR_ORDER_PRICE]?: number | undefined;
  [ATTR_ORDER_STATUS]?: string | undefined;
  [ATTR_ORDER_STATUS_NEW]?: string | undefined;
  [ATTR_ORDER_STATUS_OLD]?: string | undefined;
  [ATTR_PROCESS_EXIT_CODE]?: number | undefined;
  [ATTR_REDACTION_MASKED_COUNT]?: number | undefined;
  [ATTR_RESULT]?: string | undefined;
  [ATTR_RETRY_ATTEMPTS_LEFT]?: number | undefined;
  [ATTR_SERVER_ADDRESS]?: string | undefined;
  [ATTR_SERVER_PORT]?: number | undefined;
  [ATTR_URL_PATH]?: string | undefined;
  [ATTR_USER_ID]?: string | undefined;
  [ATTR_USER_NAME]?: string | undefined;
}
