export { judgeCapture } from '../capture/capture.ts';
export { parseCapture, type Capture } from '../capture/format.ts';
